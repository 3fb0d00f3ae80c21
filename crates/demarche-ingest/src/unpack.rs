//! Compressed inputs: gzip and zstd, of one or many members, bounded so that no file can unpack without end.

use std::cell::Cell;
use std::io::{self, BufRead, BufReader, Read};
use std::rc::Rc;

use flate2::bufread::GzDecoder;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

const GZIP: [u8; 3] = [0x1f, 0x8b, 8];
const ZSTD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];
/// Bytes that any input may unpack to.
const FREE: u64 = 64_000_000;
/// How many times its own size an input may unpack to beyond that; news reaches about ten.
const MOST: u64 = 250;
/// Bytes that a zstd frame may look back, as `zstd --ultra -22` makes them.
const WINDOW: u64 = 128 << 20;

/// How an input is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Packing {
    Gzip,
    Zstd,
}

impl Packing {
    /// What the first bytes of an input say.
    pub(crate) fn detect(head: &[u8]) -> Option<Self> {
        let skippable = || matches!(head, [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..]);
        match head {
            _ if head.starts_with(&GZIP) => Some(Self::Gzip),
            _ if head.starts_with(&ZSTD) || skippable() => Some(Self::Zstd),
            _ => None,
        }
    }

    /// The bytes within. After an error about damage, reading goes on with the next gzip member, if there is one.
    pub(crate) fn unpack<'a>(self, packed: impl Read + 'a) -> Box<dyn Read + 'a> {
        let taken = Rc::new(Cell::new(0));
        let packed = BufReader::new(Counted { inner: packed, taken: Rc::clone(&taken) });
        match self {
            Self::Gzip => Box::new(Bounded::new(Gzip::Between { reader: packed, first: true }, taken, Rc::default())),
            Self::Zstd => Box::new(Bounded::new(Zstd::new(packed), taken, Rc::default())),
        }
    }
}

/// Counts what is taken from a reader.
struct Counted<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(buffer)?;
        self.taken.set(self.taken.get() + read as u64);
        Ok(read)
    }
}

/// Stops where far more comes out than went in.
pub(crate) struct Bounded<R> {
    inner: R,
    taken: Rc<Cell<u64>>,
    given: Rc<Cell<u64>>,
    stopped: bool,
}

impl<R> Bounded<R> {
    /// A reader whose bytes count in `given` against those of the packed input in `taken`.
    pub(crate) fn new(inner: R, taken: Rc<Cell<u64>>, given: Rc<Cell<u64>>) -> Self {
        Self { inner, taken, given, stopped: false }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let given = self.given.get();
        if given > FREE && given > self.taken.get().saturating_mul(MOST) {
            if self.stopped {
                return Ok(0);
            }
            self.stopped = true;
            return Err(bomb());
        }
        let read = self.inner.read(buffer)?;
        self.given.set(given + read as u64);
        Ok(read)
    }
}

fn bomb() -> io::Error {
    io::Error::other(format!(
        "it unpacks to over {} MB and over {MOST} times its size, which no news does; if it is sound, unpack it first",
        FREE / 1_000_000
    ))
}

/// Damage to compressed data, with what to do.
fn damaged(what: &str, error: &dyn std::fmt::Display) -> io::Error {
    io::Error::other(format!("the {what} data is cut off or damaged ({error}); fetch the file again or repair it"))
}

/// The members of a gzip file one after the other.
enum Gzip<R> {
    Between { reader: R, first: bool },
    Within(Box<GzDecoder<R>>),
    Lost(R),
    End,
}

impl<R: BufRead> Read for Gzip<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        loop {
            match std::mem::replace(self, Self::End) {
                Self::End => return Ok(0),
                Self::Between { mut reader, first } => {
                    let rest = reader.fill_buf()?;
                    let padding = !first && rest.iter().all(|byte| *byte == 0);
                    if rest.is_empty() || padding {
                        return Ok(0);
                    }
                    *self = Self::Within(Box::new(GzDecoder::new(reader)));
                }
                Self::Within(mut decoder) => match decoder.read(buffer) {
                    Ok(0) => *self = Self::Between { reader: decoder.into_inner(), first: false },
                    Ok(read) => {
                        *self = Self::Within(decoder);
                        return Ok(read);
                    }
                    Err(error) => {
                        *self = Self::Lost(decoder.into_inner());
                        return Err(damaged("gzip", &error));
                    }
                },
                Self::Lost(mut reader) => {
                    if !skip_to_member(&mut reader)? {
                        return Ok(0);
                    }
                    *self = Self::Between { reader, first: false };
                }
            }
        }
    }
}

/// Moves a reader to the next bytes that begin a gzip member; false at the end.
fn skip_to_member(reader: &mut impl BufRead) -> io::Result<bool> {
    loop {
        let bytes = reader.fill_buf()?;
        if bytes.is_empty() {
            return Ok(false);
        }
        // A beginning that the buffer cuts in two is lost with its member, and the next one is found.
        if let Some(at) = bytes.windows(GZIP.len()).position(|window| window == GZIP) {
            reader.consume(at);
            return Ok(true);
        }
        let length = bytes.len();
        reader.consume(length);
    }
}

/// The frames of a zstd file one after the other.
struct Zstd<R> {
    reader: R,
    decoder: FrameDecoder,
    state: Frame,
}

/// Where a zstd file is being read.
#[derive(PartialEq)]
enum Frame {
    First,
    Within,
    Between,
    End,
}

impl<R: BufRead> Zstd<R> {
    fn new(reader: R) -> Self {
        let mut decoder = FrameDecoder::new();
        decoder.set_max_window_size(WINDOW);
        Self { reader, decoder, state: Frame::First }
    }

    /// Opens the next frame that holds data.
    fn open(&mut self) -> io::Result<()> {
        let rest = self.reader.fill_buf()?;
        if self.state == Frame::Between && rest.is_empty() {
            self.state = Frame::End;
            return Ok(());
        }
        match self.decoder.reset(&mut self.reader) {
            Ok(()) => self.state = Frame::Within,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                io::copy(&mut (&mut self.reader).take(u64::from(length)), &mut io::sink())?;
                self.state = Frame::Between;
            }
            Err(error) => {
                self.state = Frame::End;
                return Err(damaged("zstd", &error));
            }
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Zstd<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.state {
                Frame::End => return Ok(0),
                Frame::First | Frame::Between => self.open()?,
                Frame::Within => {
                    if self.decoder.can_collect() > 0 || buffer.is_empty() {
                        return self.decoder.read(buffer);
                    }
                    if self.decoder.is_finished() {
                        self.state = Frame::Between;
                    } else if let Err(error) = self.decoder.decode_blocks(&mut self.reader, BlockDecodingStrategy::UptoBlocks(1)) {
                        self.state = Frame::End;
                        return Err(damaged("zstd", &error));
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::GzEncoder;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    }

    /// What comes out, `|` where an error came between.
    fn unpacked(packed: &[u8]) -> String {
        let mut reader = Packing::detect(packed).unwrap().unpack(packed);
        let mut bytes = Vec::new();
        while reader.read_to_end(&mut bytes).is_err() {
            bytes.push(b'|');
        }
        String::from_utf8(bytes).unwrap()
    }

    #[test]
    fn members_follow_each_other() {
        assert_eq!(unpacked(&[gzip(b"A."), gzip(b""), gzip(b"B.")].concat()), "A.B.");
        assert_eq!(unpacked(&[gzip(b"A."), vec![0; 512]].concat()), "A.");
        let skippable = b"\x50\x2a\x4d\x18\x03\0\0\0abc".to_vec();
        assert_eq!(unpacked(&[skippable.clone(), zstd(b"A."), skippable, zstd(b"B.")].concat()), "A.B.");
        assert_eq!(unpacked(&zstd("A. ".repeat(100_000).as_bytes())), "A. ".repeat(100_000));
    }

    #[test]
    fn damage_is_an_error_and_the_next_member_is_read() {
        let cut = |bytes: Vec<u8>| bytes[..bytes.len() - 12].to_vec();
        let mut wrong = gzip(&[b'B'; 300]);
        let sum = wrong.len() - 6;
        wrong[sum] ^= 1;
        assert_eq!(unpacked(&[gzip(b"A."), wrong, gzip(b"C.")].concat()).replace('B', ""), "A.|C.");
        assert_eq!(unpacked(&cut(gzip(&[b'B'; 300]))).replace('B', ""), "|");
        assert_eq!(unpacked(&[gzip(b"A."), b"rubbish".to_vec()].concat()), "A.|");
        assert!(unpacked(&cut(zstd("A. ".repeat(100_000).as_bytes()))).ends_with('|'));
    }

    #[test]
    fn bombs_are_stopped() {
        let bomb = gzip(&vec![b' '; 80_000_000]);
        assert!(bomb.len() < 100_000);
        for packed in [bomb, zstd(&vec![b' '; 80_000_000])] {
            let error = Packing::detect(&packed).unwrap().unpack(&*packed).read_to_end(&mut Vec::new()).unwrap_err();
            assert!(error.to_string().starts_with("it unpacks to over 64 MB and over 250 times its size"), "{error}");
        }
    }
}
