fn main() {
    let t = std::time::Instant::now();
    let a = demarche_language::Analyser::new(1).unwrap();
    eprintln!("load {:?}", t.elapsed());
    let text = std::io::read_to_string(std::io::stdin()).unwrap();
    let t = std::time::Instant::now();
    let x = a.analyse(&text).unwrap();
    eprintln!("{} sentences in {:?}", x.sentences.len(), t.elapsed());
    for s in &x.sentences {
        for (i, w) in s.words.iter().enumerate() {
            println!("{}\t{}\t{}\t{}\t{}\t{}", i, w.text, w.lemma, w.upos, w.head, w.rel);
        }
        for m in &s.mentions { println!("M {} {:?} {:.2} {:?}", s.words[m.word].text, m.event, m.score, m.modes.first()); }
        for m in &s.roles { println!("R {} {:?} {} {:.2}", s.words[m.of].text, m.kind, s.words[m.word].text, m.score); }
        for m in &s.names { println!("N {:?} {:?}", m.kind, s.words[m.first..=m.last].iter().map(|w| &*w.text).collect::<Vec<_>>()); }
        println!();
    }
}
