//! Who is meant: titles, last names, ambiguous names, peoples, described groups. Each line of an expectation is a record: type, actors >
//! recipients, each as the name with country, sectors and office.

use std::sync::LazyLock;

use demarche_coder::code;
use demarche_knowledge::Knowledge;
use demarche_language::Analyser;
use demarche_record::{Actor, Article, Basis, Event};

static ANALYSER: LazyLock<Analyser> = LazyLock::new(|| Analyser::new(1).unwrap());
static KNOWLEDGE: LazyLock<Knowledge> = LazyLock::new(Knowledge::load);

fn events(text: &str, published: Option<&str>) -> Vec<Event> {
    let article =
        Article { id: "a".into(), published: published.map(str::to_owned), language: "en".into(), text: text.into(), ..Article::default() };
    code(&article, &ANALYSER.analyse(text).unwrap(), &KNOWLEDGE).events
}

fn who(list: &[Actor]) -> String {
    let one = |a: &Actor| {
        let office = a.office.as_ref().map_or(String::new(), |o| format!(", {}", o.title));
        format!("{} ({} {}{office})", a.name, a.country.as_deref().unwrap_or("-"), a.sectors.join("|"))
    };
    list.iter().map(one).collect::<Vec<_>>().join(" + ")
}

/// The parties of a text's first record.
fn check(text: &str, published: &str, expect: &str) {
    let got = events(text, Some(published).filter(|d| !d.is_empty()));
    let line =
        got.first().map_or_else(|| "nothing".to_owned(), |e| format!("{} {} > {}", e.event.name(), who(&e.actors), who(&e.recipients)));
    assert_eq!(line, expect, "in {text:?} of {published:?}");
}

#[test]
fn source_and_target_keep_their_parts_in_every_form() {
    check("Two journalists were detained by Ethiopian police.", "", "COERCE Ethiopia (ETH COP) > Two journalists (- JRN)");
    check("The detention of two journalists by Ethiopian police continued.", "", "COERCE Ethiopia (ETH COP) > two journalists (- JRN)");
    check("Iran's attack on Israel was condemned by Germany.", "", "ASSAULT Iran (IRN GOV) > Israel (ISR GOV)");
}

#[test]
fn an_instrument_is_no_party() {
    check("France sent warplanes to Chad.", "", "MOBILIZE France (FRA GOV) > Chad (TCD GOV)");
    check("Turkey supplied the Libyan government with drones.", "", "AID Turkey (TUR GOV) > Libya (LBY GOV)");
}

#[test]
fn both_koreas_by_every_name() {
    let expect = "ACCUSE South Korea (KOR GOV) > North Korea (PRK GOV)";
    check("The Republic of Korea condemned the Democratic People's Republic of Korea.", "", expect);
    check("The ROK accused the DPRK of jamming.", "", expect);
    check("South Korea accused North Korea of jamming.", "", expect);
}

#[test]
fn the_congo_that_the_article_speaks_of() {
    check(
        "Congo accused Rwanda. Kinshasa recalled its ambassador.",
        "",
        "ACCUSE Democratic Republic of the Congo (COD GOV) > Rwanda (RWA GOV)",
    );
    check("Congo accused Rwanda. Brazzaville recalled its ambassador.", "", "ACCUSE Republic of the Congo (COG GOV) > Rwanda (RWA GOV)");
    check("Congo accused Rwanda of arming rebels.", "", "ACCUSE Congo (- ) > Rwanda (RWA GOV)");
    check("A Congolese minister accused Rwanda of an attack.", "", "ACCUSE Congolese minister (- GOV) > Rwanda (RWA GOV)");
    check("The DRC accused Rwanda.", "", "ACCUSE Democratic Republic of the Congo (COD GOV) > Rwanda (RWA GOV)");
}

#[test]
fn georgia_is_a_state_of_two_kinds() {
    check("Georgia accused Russia of shelling a village near Tbilisi.", "", "ACCUSE Georgia (GEO GOV) > Russia (RUS GOV)");
    check("Georgia's governor criticised the United States.", "", "ACCUSE Georgia's governor (- GOV) > United States (USA GOV)");
    let states = "CONSULT Georgia (GEO GOV) + United States (USA GOV) + Ukraine (UKR GOV) > ";
    check("Georgia, the United States and Ukraine held talks.", "", states);
    check(
        "Texas Governor Greg Abbott criticised France.",
        "2019-05-01",
        "ACCUSE Greg Abbott (USA GOV, Governor of Texas) > France (FRA GOV)",
    );
    check("Washington sanctioned Iran.", "", "SANCTION United States (USA GOV) > Iran (IRN GOV)");
}

#[test]
fn several_actors_are_a_list() {
    let three = "Japan (JPN GOV) + South Korea (KOR GOV) + United States (USA GOV)";
    check("Japan, South Korea and the United States condemned North Korea.", "", &format!("ACCUSE {three} > North Korea (PRK GOV)"));
}

#[test]
fn last_names_by_office_and_day() {
    check("President Bush condemned Iran.", "2005-03-02", "ACCUSE George W. Bush (USA GOV, President) > Iran (IRN GOV)");
    check("President Bush condemned Iran.", "1990-03-02", "ACCUSE George H. W. Bush (USA GOV, President) > Iran (IRN GOV)");
    // Two presidents: the state is known, the person is not.
    check("President Bush condemned Iran.", "", "ACCUSE Bush (USA GOV) > Iran (IRN GOV)");
    check("President Clinton praised Israel.", "1998-03-02", "SUPPORT Bill Clinton (USA GOV, President) > Israel (ISR GOV)");
    check(
        "Secretary of State Clinton praised Israel.",
        "2010-03-02",
        "SUPPORT Hillary Clinton (USA GOV, Secretary of State) > Israel (ISR GOV)",
    );
    check("President Kim praised Japan.", "2000-03-02", "SUPPORT Kim Dae-jung (KOR GOV, President) > Japan (JPN GOV)");
    check("Merkel criticised Turkey. Germany is angry.", "2017-03-16", "ACCUSE Angela Merkel (DEU GOV, Chancellor) > Turkey (TUR GOV)");
}

#[test]
fn words_that_are_names_by_context_only() {
    let ban = "REQUEST Ban Ki-moon (IGO IGO, Secretary-General) > Sudan (SDN GOV)";
    check("Ban urged Sudan to end the fighting. The United Nations wants peace.", "2010-03-02", ban);
    check("May criticised Russia. Britain wants answers.", "2018-03-02", "ACCUSE Theresa May (GBR GOV, Prime Minister) > Russia (RUS GOV)");
    check("In May, Kenya accused Somalia.", "2018-03-02", "ACCUSE Kenya (KEN GOV) > Somalia (SOM GOV)");
    // A town is no leader of long ago.
    check(
        "Police in Carter arrested three men. The United States is shocked.",
        "",
        "COERCE Police in Carter (USA COP) > three men (USA CVL)",
    );
    // Nothing says which Kim.
    check("Kim threatened South Korea with an attack.", "2018-03-02", "THREATEN Kim (- ) > South Korea (KOR GOV)");
}

#[test]
fn the_office_is_that_of_the_day_whatever_the_title() {
    check(
        "Former U.S. President Donald Trump threatened Iran.",
        "2025-04-08",
        "THREATEN Donald Trump (USA GOV, President) > Iran (IRN GOV)",
    );
    check(
        "President-elect Donald Trump threatened Mexico.",
        "2024-12-08",
        "THREATEN Donald Trump (USA GOV, President-elect) > Mexico (MEX GOV)",
    );
    check("The late president Hugo Chavez threatened Colombia.", "2015-03-02", "THREATEN Hugo Chávez (VEN ELI|GOV) > Colombia (COL GOV)");
    check(
        "Then-President George W. Bush praised Poland.",
        "2015-03-02",
        "SUPPORT George W. Bush (USA ELI, Former president) > Poland (POL GOV)",
    );
    let han = "ACCUSE Han Duck-soo (KOR GOV, President (acting)) > Japan (JPN GOV)";
    check("Acting President Han Duck-soo criticised Japan.", "2025-04-08", han);
    // After the tables' end nobody is known to be in office.
    check("Emmanuel Macron threatened Mali.", "2025-01-01", "THREATEN Emmanuel Macron (FRA GOV, President) > Mali (MLI GOV)");
    check("Emmanuel Macron threatened Mali.", "2027-01-01", "THREATEN Emmanuel Macron (FRA GOV) > Mali (MLI GOV)");
}

#[test]
fn unknown_people_by_title_and_nationality() {
    check("German Foreign Minister Klaus Weber condemned Russia.", "", "ACCUSE Klaus Weber (DEU GOV) > Russia (RUS GOV)");
    check("The German foreign minister condemned Russia.", "", "ACCUSE German foreign minister (DEU GOV) > Russia (RUS GOV)");
    // Of a country that no table knows: none, not the one that stands near.
    check("Acting Foreign Minister Li Weber condemned Iran.", "", "ACCUSE Li Weber (- GOV) > Iran (IRN GOV)");
}

#[test]
fn described_groups() {
    check("A Hezbollah commander threatened Israel.", "", "THREATEN Hezbollah commander (LBN REB|PTY) > Israel (ISR GOV)");
    check("Wagner fighters attacked villagers in Mali.", "2022-05-01", "ASSAULT Wagner fighters (RUS PRM) > villagers (MLI CVL)");
    check("The rebels attacked Syrian troops.", "", "ASSAULT rebels (- REB) > Syria (SYR MIL)");
    check("South Korean forces fired at North Korean soldiers.", "", "ASSAULT South Korea (KOR MIL) > North Korea (PRK MIL)");
}

#[test]
fn peoples_are_civilians_or_their_state() {
    check("Three Kenyans were arrested by Ugandan police.", "", "COERCE Uganda (UGA COP) > Kenyans (KEN CVL)");
    check("The French condemned Niger.", "", "ACCUSE France (FRA GOV) > Niger (NER GOV)");
}

#[test]
fn who_says_what_to_whom() {
    let got = events("The US said Russia had told China to stop supplying Iran.", None);
    let first = got.first().unwrap();
    assert_eq!((who(&first.actors), who(&first.recipients)), ("Russia (RUS GOV)".to_owned(), "China (CHN GOV)".to_owned()));
    assert_eq!(first.attribution[0].speaker.id.as_deref(), Some("USA"));
}

/// The first record's date and what it rests on.
fn check_date(text: &str, published: Option<&str>, expect: Option<&str>) {
    let got = events(text, published);
    let date = &got.first().unwrap_or_else(|| panic!("nothing in {text:?}")).date;
    let inferred = (date.basis == Basis::OfficeHolders)
        .then(|| format!("{}..{}", date.from.as_deref().unwrap_or(""), date.to.as_deref().unwrap_or("")));
    assert_eq!(inferred.as_deref(), expect, "in {text:?}");
}

#[test]
fn offices_date_an_undated_article() {
    let han = "South Korea's acting President Han Duck-soo criticised Japan.";
    check_date(han, None, Some("2024-12-14..2025-05-01"));
    check_date(
        "U.S. President Donald Trump praised France. Prime Minister Theresa May criticised Russia.",
        None,
        Some("2017-01-20..2019-07-24"),
    );
    // The evidence names the holders and each stretch.
    let evidence = events(han, None)[0].evidence.iter().find(|e| e.field == "date").unwrap().detail.clone();
    assert!(evidence.contains("acting President Han Duck-soo") && evidence.contains("2024-12-27 and 2025-03-24"), "{evidence}");
}

#[test]
fn offices_do_not_date_what_they_cannot() {
    let han = "South Korea's acting President Han Duck-soo criticised Japan.";
    check_date(han, Some("2025-04-08"), None);
    check_date("South Korea's former acting President Han Duck-soo criticised Japan.", None, None);
    check_date(&format!("{han} The treaty of 3 May 1998 was void."), None, None);
    check_date("U.S. President George W. Bush praised France. Prime Minister Theresa May criticised Russia.", None, None);
    check_date("U.S. President Donald Trump praised France.", None, None);
    let before = events("South Korea's acting President Han Duck-soo had previously met Chinese officials in Seoul.", None);
    assert!(before.iter().all(|e| e.date.basis == Basis::None), "{before:?}");
}
