//! Parquet: one row an event, typed, lists as lists. Columns have the names of the CSV export where they hold the same.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use arrow_array::builder::{ListBuilder, StringBuilder};
use arrow_array::{ArrayRef, Date32Array, Float64Array, Int64Array, RecordBatch, StringArray};
use arrow_schema::{DataType, Field, Schema};
use demarche_knowledge::Knowledge;
use demarche_record::{Actor, Event};
use jiff::civil::date;
use parquet::arrow::ArrowWriter;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use super::party::{Party, day};
use super::place::Scene;
use super::{Entry, ExportError, cells};

/// Rows that are written at once: a row group.
const GROUP: usize = 16_384;

/// What a column is made from.
struct Source<'a> {
    entry: &'a Entry,
    event: &'a Event,
    scene: Scene<'a>,
    actors: Vec<Party<'a>>,
    recipients: Vec<Party<'a>>,
}

/// One column: its type, and its value of an event.
enum Column {
    Text(fn(&Source<'_>) -> Option<String>),
    Integer(fn(&Source<'_>) -> Option<i64>),
    Number(fn(&Source<'_>) -> Option<f64>),
    Day(for<'a> fn(&'a Source<'a>) -> Option<&'a str>),
    List(fn(&Source<'_>) -> Vec<String>),
}

use Column::{Day, Integer, List, Number, Text};

/// The columns, in order. Codes are text; days are dates.
const COLUMNS: [(&str, Column); 62] = [
    ("id", Text(|s| Some(s.event.id.clone()))),
    ("article_id", Text(|s| Some(s.event.article.id.clone()))),
    ("published", Day(|s| s.event.article.published.as_deref())),
    ("title", Text(|s| s.event.article.title.clone())),
    ("source", Text(|s| s.event.article.source.clone())),
    ("url", Text(|s| s.event.article.url.clone())),
    ("language", Text(|s| Some(s.event.article.language.clone()))),
    ("sentence_index", Integer(|s| integer(s.event.sentence.index))),
    ("sentence", Text(|s| Some(s.event.sentence.text.clone()))),
    ("trigger", Text(|s| Some(s.event.trigger.text.clone()))),
    ("trigger_start", Integer(|s| integer(s.event.trigger.start))),
    ("trigger_end", Integer(|s| integer(s.event.trigger.end))),
    ("event", Text(|s| Some(s.event.event.name().to_owned()))),
    ("modes", List(|s| s.event.modes.clone())),
    ("contexts", List(|s| s.event.contexts.iter().map(|c| c.name().to_owned()).collect())),
    ("quad", Integer(|s| Some(i64::from(s.event.quad)))),
    ("score", Number(|s| Some(s.event.score))),
    ("cameo", Text(|s| s.event.cameo.as_ref().map(|c| c.code.clone()))),
    ("cameo_root", Text(|s| s.event.cameo.as_ref().map(|c| c.root.clone()))),
    ("cameo_name", Text(|s| s.event.cameo.as_ref().map(|c| c.name.clone()))),
    ("goldstein", Number(|s| s.event.cameo.as_ref().map(|c| c.goldstein))),
    ("status", Text(|s| Some(s.event.status.name().to_owned()))),
    ("status_cues", List(|s| s.event.status_cues.iter().map(|c| c.text.clone()).collect())),
    ("actors", List(|s| of(&s.event.actors, |a| a.name.clone()))),
    ("actor_texts", List(|s| of(&s.event.actors, |a| a.text.clone()))),
    ("actor_ids", List(|s| of(&s.event.actors, |a| a.id.clone().unwrap_or_default()))),
    ("actor_countries", List(|s| of(&s.event.actors, |a| a.country.clone().unwrap_or_default()))),
    ("actor_cow", List(|s| s.actors.iter().map(Party::cow).collect())),
    ("actor_gw", List(|s| s.actors.iter().map(Party::gw).collect())),
    ("actor_fips", List(|s| s.actors.iter().map(|p| p.fips().to_owned()).collect())),
    ("actor_sectors", List(|s| of(&s.event.actors, |a| a.sectors.join("+")))),
    ("recipients", List(|s| of(&s.event.recipients, |a| a.name.clone()))),
    ("recipient_texts", List(|s| of(&s.event.recipients, |a| a.text.clone()))),
    ("recipient_ids", List(|s| of(&s.event.recipients, |a| a.id.clone().unwrap_or_default()))),
    ("recipient_countries", List(|s| of(&s.event.recipients, |a| a.country.clone().unwrap_or_default()))),
    ("recipient_cow", List(|s| s.recipients.iter().map(Party::cow).collect())),
    ("recipient_gw", List(|s| s.recipients.iter().map(Party::gw).collect())),
    ("recipient_fips", List(|s| s.recipients.iter().map(|p| p.fips().to_owned()).collect())),
    ("recipient_sectors", List(|s| of(&s.event.recipients, |a| a.sectors.join("+")))),
    ("speakers", List(|s| s.event.attribution.iter().map(|l| l.speaker.name.clone()).collect())),
    ("speaker_countries", List(|s| s.event.attribution.iter().map(|l| l.speaker.country.clone().unwrap_or_default()).collect())),
    ("date_from", Day(|s| s.event.date.from.as_deref())),
    ("date_to", Day(|s| s.event.date.to.as_deref())),
    ("date_precision", Text(|s| named(&s.event.date.precision))),
    ("date_basis", Text(|s| named(&s.event.date.basis))),
    ("date_text", Text(|s| s.event.date.text.clone())),
    ("date_partial", Text(|s| s.event.date.partial.clone())),
    ("place", Text(|s| s.scene.place.map(|p| p.name.clone()))),
    ("place_country", Text(|s| s.scene.place.and_then(|p| p.country.clone()))),
    ("place_fips", Text(|s| Some(s.scene.fips().to_owned()).filter(|f| !f.is_empty()))),
    ("place_admin1", Text(|s| s.scene.place.and_then(|p| p.admin1.clone()))),
    ("place_geonames", Integer(|s| s.scene.place.and_then(|p| p.geonames).and_then(|g| i64::try_from(g).ok()))),
    ("place_precision", Text(|s| s.scene.place.and_then(|p| named(&p.precision)))),
    ("latitude", Number(|s| s.scene.latitude())),
    ("longitude", Number(|s| s.scene.longitude())),
    ("prio_grid", Integer(|s| s.scene.cell().map(i64::from))),
    ("magnitude", List(|s| s.event.magnitude.iter().map(crate::table::magnitude).collect())),
    ("confidence", Number(|s| Some(s.event.confidence))),
    ("same_as", Text(|s| s.event.same_as.clone())),
    ("mentions", Integer(|s| integer(s.entry.mentions))),
    ("engine_version", Text(|s| Some(s.event.engine.version.clone()))),
    ("engine_model", Text(|s| Some(s.event.engine.model.clone()))),
];

fn integer(n: usize) -> Option<i64> {
    i64::try_from(n).ok()
}

fn of(actors: &[Actor], value: fn(&Actor) -> String) -> Vec<String> {
    actors.iter().map(value).collect()
}

/// The name by which JSON knows a value.
fn named<T: serde::Serialize>(value: &T) -> Option<String> {
    serde_json::to_value(value).ok()?.as_str().map(str::to_owned)
}

/// What is written is taken away piece by piece.
#[derive(Clone, Default)]
struct Pipe(Arc<Mutex<Vec<u8>>>);

impl Pipe {
    fn take(&self) -> Vec<u8> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Write for Pipe {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A file that grows.
pub(crate) struct Table {
    writer: ArrowWriter<Pipe>,
    pipe: Pipe,
    schema: Arc<Schema>,
    waiting: Vec<Entry>,
}

impl Table {
    pub(crate) fn new() -> Result<Self, ExportError> {
        let fields: Vec<Field> = COLUMNS.iter().map(|(name, column)| Field::new(*name, kind(column), true)).collect();
        let schema = Arc::new(Schema::new(fields));
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).set_created_by("demarche".to_owned()).build();
        let pipe = Pipe::default();
        let writer = ArrowWriter::try_new(pipe.clone(), Arc::clone(&schema), Some(properties))?;
        Ok(Self { writer, pipe, schema, waiting: Vec::new() })
    }

    /// Takes the next events; the bytes that became ready.
    pub(crate) fn write(&mut self, entries: &[Entry], knowledge: &Knowledge) -> Result<Vec<u8>, ExportError> {
        self.waiting.extend_from_slice(entries);
        if self.waiting.len() >= GROUP {
            self.group(knowledge)?;
        }
        Ok(self.pipe.take())
    }

    /// The rest of the file.
    pub(crate) fn finish(mut self, knowledge: &Knowledge) -> Result<Vec<u8>, ExportError> {
        self.group(knowledge)?;
        self.writer.close()?;
        Ok(self.pipe.take())
    }

    fn group(&mut self, knowledge: &Knowledge) -> Result<(), ExportError> {
        let waiting = std::mem::take(&mut self.waiting);
        if waiting.is_empty() {
            return Ok(());
        }
        let sources: Vec<Source<'_>> = waiting.iter().map(|entry| source(entry, knowledge)).collect();
        let columns: Vec<ArrayRef> = COLUMNS.iter().map(|(_, column)| array(column, &sources)).collect();
        self.writer.write(&RecordBatch::try_new(Arc::clone(&self.schema), columns)?)?;
        self.writer.flush()?;
        Ok(())
    }
}

fn source<'a>(entry: &'a Entry, knowledge: &'a Knowledge) -> Source<'a> {
    let event = &entry.event;
    let on = day(event);
    let parties = |actors: &'a [Actor]| actors.iter().map(|a| Party::new(Some(a), on, knowledge)).collect();
    Source { entry, event, scene: Scene::of(event, knowledge), actors: parties(&event.actors), recipients: parties(&event.recipients) }
}

fn kind(column: &Column) -> DataType {
    match column {
        Text(_) => DataType::Utf8,
        Integer(_) => DataType::Int64,
        Number(_) => DataType::Float64,
        Day(_) => DataType::Date32,
        List(_) => DataType::List(Arc::new(Field::new_list_field(DataType::Utf8, true))),
    }
}

fn array(column: &Column, sources: &[Source<'_>]) -> ArrayRef {
    match column {
        Text(value) => Arc::new(sources.iter().map(value).collect::<StringArray>()),
        Integer(value) => Arc::new(sources.iter().map(value).collect::<Int64Array>()),
        Number(value) => Arc::new(sources.iter().map(value).collect::<Float64Array>()),
        Day(value) => Arc::new(sources.iter().map(|s| value(s).and_then(days)).collect::<Date32Array>()),
        List(value) => {
            let mut out = ListBuilder::new(StringBuilder::new());
            for source in sources {
                out.append_value(value(source).into_iter().map(Some));
            }
            Arc::new(out.finish())
        }
    }
}

/// Days since 1970-01-01.
fn days(day: &str) -> Option<i32> {
    Some(cells::parse(day)?.since(date(1970, 1, 1)).ok()?.get_days())
}

#[cfg(test)]
mod tests {
    use arrow_array::cast::AsArray;
    use arrow_array::types::{Date32Type, Float64Type, Int64Type};
    use arrow_array::{Array, RecordBatch};
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;

    use super::*;
    use crate::exports::sample::accusation;
    use crate::exports::{Exporter, Layout, entries};

    /// What a reader prints of a cell.
    fn cell(batch: &RecordBatch, column: usize, row: usize) -> String {
        let array = batch.column(column);
        if array.is_null(row) {
            return "null".to_owned();
        }
        match array.data_type() {
            DataType::Utf8 => array.as_string::<i32>().value(row).to_owned(),
            DataType::Int64 => array.as_primitive::<Int64Type>().value(row).to_string(),
            DataType::Float64 => array.as_primitive::<Float64Type>().value(row).to_string(),
            DataType::Date32 => {
                let days = array.as_primitive::<Date32Type>().value(row);
                (date(1970, 1, 1) + jiff::Span::new().days(days)).to_string()
            }
            _ => {
                let list = array.as_list::<i32>().value(row);
                let items: Vec<&str> = list.as_string::<i32>().iter().flatten().collect();
                format!("[{}]", items.join("|"))
            }
        }
    }

    fn read(events: &[Event]) -> Vec<RecordBatch> {
        let knowledge = Knowledge::load();
        let mut exporter = Exporter::new(Layout::Parquet, &knowledge).unwrap();
        let mut out = exporter.start();
        for event in events {
            out.extend(exporter.write(&entries(std::slice::from_ref(event), |_| true)).unwrap());
        }
        out.extend(exporter.finish().unwrap());
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.parquet");
        std::fs::write(&path, out).unwrap();
        let reader = ParquetRecordBatchReaderBuilder::try_new(std::fs::File::open(path).unwrap()).unwrap().build().unwrap();
        reader.map(Result::unwrap).collect()
    }

    #[test]
    fn a_row_value_by_value() {
        let batch = &read(&[accusation()])[0];
        let expect = [
            "ev_be7589d70ecc8b45",
            "dc-17",
            "2023-09-15",
            "Shells fall on Batken",
            "The Danube Courier",
            "https://courier.example/17?a=1&b=2",
            "en",
            "0",
            "\"Kyrgyzstan\" on Thursday accused Tajik forces of\tshelling Batken.",
            "accused",
            "25",
            "32",
            "ACCUSE",
            "[allege]",
            "[military|territory]",
            "3",
            "-3.5",
            "112",
            "11",
            "Accuse",
            "-2",
            "actual",
            "[]",
            "[Kyrgyzstan]",
            "[Kyrgyzstan]",
            "[KGZ]",
            "[KGZ]",
            "[703]",
            "[703]",
            "[KG]",
            "[GOV]",
            "[Tajikistan]",
            "[Tajik forces]",
            "[TJK]",
            "[TJK]",
            "[702]",
            "[702]",
            "[TI]",
            "[MIL]",
            "[Emomali Rahmon]",
            "[TJK]",
            "2023-09-14",
            "2023-09-14",
            "day",
            "text",
            "on Thursday",
            "null",
            "Batken",
            "KGZ",
            "KG",
            "Batken Region",
            "1463740",
            "city",
            "40.0628",
            "70.8194",
            "187702",
            "[]",
            "0.595",
            "null",
            "1",
            "0.1.0",
            "sha256:m",
        ];
        assert_eq!(batch.num_columns(), expect.len());
        for (i, expect) in expect.iter().enumerate() {
            assert_eq!(cell(batch, i, 0), *expect, "{}", COLUMNS[i].0);
        }
    }

    #[test]
    fn many_rows_keep_their_order_and_none_is_a_file_too() {
        let events: Vec<Event> = (0..40_000).map(|i| Event { id: format!("ev_{i:016x}"), place: None, ..accusation() }).collect();
        let batches = read(&events);
        let ids: Vec<String> = batches.iter().flat_map(|b| (0..b.num_rows()).map(|r| cell(b, 0, r))).collect();
        assert!(ids.iter().eq(events.iter().map(|e| &e.id)));
        assert_eq!(read(&[]).iter().map(RecordBatch::num_rows).sum::<usize>(), 0);
    }
}
