#!/usr/bin/env python3
"""Writes tests/data/exports: downloads of licensed archives as they are laid out, with articles of our own.

    python3 make.py        # needs python-docx and reportlab

Each layout is known from the archives' public help pages and from published readers of such files. Names and events are invented.
"""
import html
import pathlib
import textwrap

import docx
from reportlab.lib.pagesizes import letter
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

OUT = pathlib.Path(__file__).parent / "exports"

ARTICLES = [
    dict(
        title="Talks on Lake Border Resume in Varna Bay",
        source="The Example Times",
        day="March 2, 2020", weekday="Monday", edition="Late Edition - Final", by=["Mira Halden", "Tom Okoye"],
        section="Section A; Column 0; Foreign Desk; Pg. 4", dateline="PORT ALDA", number="EXTM000020200302eg3200abc",
        words=128, id="2368123401",
        text=[
            "PORT ALDA — The foreign ministers of Alda and Brenn met on Monday for the first time since a patrol boat was sunk on the lake in January, and both sides said that a second round would follow within the month.",
            "“We have agreed on a list of questions, not yet on any answer,” said Ilse Varga, the minister of Alda. She added that fishing would be allowed again on the northern shore.",
            "Brenn’s delegation declined to comment on a claim that its navy had withdrawn two vessels. End of last week, the opposition had called the talks a surrender.",
        ],
    ),
    dict(
        title="Police Fire Tear Gas at Marchers in Dorrin",
        source="Example News Agency",
        day="3 March 2020", weekday="Tuesday", edition="", by=["Ana Petrescu"],
        section="World News", dateline="DORRIN", number="EXNA000020200303eg33001xy",
        words=96, id="2368123402",
        text=[
            "Police in Dorrin fired tear gas on Tuesday at several thousand marchers who demanded the release of the union leader Karel Stam, who has been held since February.",
            "At least 14 people were treated for injuries, the city’s main hospital said. The interior ministry said that stones had been thrown first; organisers denied it.",
        ],
    ),
    dict(
        title="Brenn Sends Grain to Flooded Province",
        source="Alda Courier",
        day="March 5, 2020", weekday="Thursday", edition="", by=[],
        section="News", dateline="", number="ALDC000020200305eg350002p",
        words=70, id="2368123403",
        text=[
            "Brenn has sent 4,000 tonnes of grain and two field hospitals to the flooded province of Ostmark, its ministry of agriculture said on Thursday.",
            "The governor of Ostmark thanked the neighbouring country and asked for boats.",
        ],
    ),
]


def dayfirst(day):
    """`March 2, 2020` as Factiva writes it."""
    if "," not in day:
        return day
    month, number, year = day.replace(",", "").split()
    return f"{number} {month} {year}"


def monthfirst(day):
    if "," in day:
        return day
    number, month, year = day.split()
    return f"{month} {number}, {year}"


def by(article):
    return "By " + " and ".join(article["by"]).upper() if article["by"] else ""


def nexis():
    """Nexis Uni: a cover page, then articles that end in "End of Document"."""
    lines = ["User Name: Example University", "Date and Time: Friday, March 6, 2020 10:15:00 AM EST", "Job Number: 112233445", "", f"Documents ({len(ARTICLES)})", ""]
    for n, a in enumerate(ARTICLES, 1):
        lines += [f"{n}. {a['title']}", "Client/Matter: -None-", "Search Terms: lake OR police", "Search Type: Terms and Connectors", "Narrowed by:", "Content Type: News", "Narrowed by: -None-", ""]
    for a in ARTICLES:
        lines += [a["title"], a["source"], f"{monthfirst(a['day'])} {a['weekday']}"]
        lines += [a["edition"]] if a["edition"] else []
        lines += ["", f"Copyright 2020 {a['source']} All Rights Reserved", "", f"Section: {a['section']}", f"Length: {a['words']} words"]
        lines += [f"Byline: {by(a)}"] if a["by"] else []
        lines += [f"Dateline: {a['dateline']}"] if a["dateline"] else []
        lines += ["", "Body", ""]
        for p in a["text"]:
            lines += [p, ""]
        lines += ["Classification", "", "Language: ENGLISH", "Publication-Type: Newspaper", "Subject: TALKS & MEETINGS (90%); BORDERS (85%)", f"Load-Date: {monthfirst(a['day'])}", "", "End of Document", ""]
    return lines


def nexis_classic(wrapped=True):
    """LexisNexis Academic until 2019, as text: wrapped and centred."""
    lines = []
    centred = lambda s: s.center(78).rstrip()
    for n, a in enumerate(ARTICLES, 1):
        lines += ["", centred(f"{n} of {len(ARTICLES)} DOCUMENTS"), "", "", centred(a["source"]), "", centred(f"{monthfirst(a['day'])} {a['weekday']}")]
        lines += [centred(a["edition"])] if a["edition"] else []
        lines += ["", a["title"], ""]
        lines += [f"BYLINE: {by(a)}", ""] if a["by"] else []
        lines += [f"SECTION: {a['section']}", "", f"LENGTH: {a['words']} words", ""]
        lines += [f"DATELINE: {a['dateline']}", ""] if a["dateline"] else []
        for p in a["text"]:
            lines += (textwrap.wrap(p, 74, initial_indent="  ") if wrapped else [p]) + [""]
        lines += [f"LOAD-DATE: {monthfirst(a['day'])}", "", "LANGUAGE: ENGLISH", "", "PUBLICATION-TYPE: Newspaper", "", "", centred(f"Copyright 2020 {a['source']}"), centred("All Rights Reserved"), ""]
    return lines


def factiva():
    """Factiva, full articles without indexing."""
    lines = []
    for a in ARTICLES:
        lines += [a["section"].split(";")[0], a["title"]]
        lines += ["By " + " and ".join(a["by"])] if a["by"] else []
        lines += [f"{a['words']} words", dayfirst(a["day"]), "14:05", a["source"], a["number"][:4], "English", f"Copyright 2020 {a['source']}", ""]
        for p in a["text"]:
            lines += [p, ""]
        lines += [f"Document {a['number']}", ""]
    return lines + ["Search Summary", "Text lake or police", "Date All Dates", "© 2020 Factiva, Inc. All rights reserved."]


def factiva_coded():
    """Factiva, full articles with indexing: fields under codes."""
    lines = []
    for a in ARTICLES:
        lines += [f"SE  {a['section'].split(';')[0]}", f"HD  {a['title']}"]
        lines += ["BY  By " + " and ".join(a["by"])] if a["by"] else []
        lines += [f"WC  {a['words']} words", f"PD  {dayfirst(a['day'])}", "ET  14:05", f"SN  {a['source']}", f"SC  {a['number'][:4]}", "LA  English", f"CY  Copyright 2020 {a['source']}", f"LP  {a['text'][0]}", ""]
        lines += ["TD  " + a["text"][1], ""]
        for p in a["text"][2:]:
            lines += [p, ""]
        lines += ["NS  gdip : International Relations | gpir : Politics", "RE  eurz : Europe", "PUB  Example Press", f"AN  Document {a['number']}", ""]
    return lines


def proquest():
    """ProQuest, "Citation, abstract, full text"."""
    rule = "_" * 60
    lines = [rule, "Report Information from ProQuest", "March 06 2020 10:15", rule, ""]
    for n, a in enumerate(ARTICLES, 1):
        names = "; ".join(f"{x.split()[1]}, {x.split()[0]}" for x in a["by"])
        lines += [rule, "", f"Document {n} of {len(ARTICLES)}", "", a["title"], ""]
        lines += [f"Author: {names}", ""] if names else []
        day = dayfirst(a["day"]).split()
        short = f"{day[0].zfill(2)} {day[1][:3]} {day[2]}"
        lines += [f"Publication info: {a['source']}, Late Edition; Port Alda [Port Alda]{short}: A.4.", "", "ProQuest document link", "", f"Abstract: {a['text'][0][:60]} [...]", "", "Links: Check for full text", ""]
        lines += ["Full text: " + a["text"][0], ""]
        for p in a["text"][1:]:
            lines += [p, ""]
        lines += ["Subject: International relations; Borders", "", f"Title: {a['title']}", "", f"Publication title: {a['source']}, Late Edition; Port Alda", "", "Pages: A.4", "", "Publication year: 2020", "", f"Publication date: {monthfirst(a['day']).replace('March', 'Mar')}", "", "Source type: Newspapers", "", "Language of publication: English", "", "Document type: News", "", f"ProQuest document ID: {a['id']}", "", f"Document URL: https://example.org/docview/{a['id']}", "", "Last updated: 2020-03-06", "", "Database: ProQuest Central", ""]
    return lines + [rule, "Contact ProQuest", "Copyright 2020 ProQuest LLC. All rights reserved."]


def write_txt(name, lines):
    (OUT / f"{name}.txt").write_text("\r\n".join(lines) + "\r\n", encoding="utf-8")


def write_html(name, lines):
    body = "\n".join(f"<p>{html.escape(line)}</p>" if line else "<br>" for line in lines)
    (OUT / f"{name}.html").write_text(f"<!DOCTYPE html>\n<html><head><meta charset=\"utf-8\"><title>Factiva, Nexis and others</title></head><body>\n{body}\n</body></html>\n", encoding="utf-8")


def write_factiva_table():
    """Factiva's HTML with indexing: a table row per field."""
    rows = []
    for a in ARTICLES:
        cell = lambda code, value: f"<tr><td class=\"index\" valign=\"top\"><b>{code}</b>&nbsp;</td><td>{value}</td></tr>"
        text = lambda ps: "".join(f"<p class=\"articleParagraph enarticleParagraph\">{html.escape(p)}</p>" for p in ps)
        rows.append("<div class=\"article enArticle\"><table>" + cell("HD", f"<span class='enHeadline'>{html.escape(a['title'])}</span>")
            + (cell("BY", "By " + " and ".join(a["by"])) if a["by"] else "") + cell("WC", f"{a['words']} words") + cell("PD", dayfirst(a["day"]))
            + cell("SN", a["source"]) + cell("SC", a["number"][:4]) + cell("LA", "English") + cell("CY", f"Copyright 2020 {a['source']}")
            + cell("LP", text(a["text"][:1])) + cell("TD", text(a["text"][1:])) + cell("RE", "eurz : Europe") + cell("AN", f"Document {a['number']}") + "</table></div><br/>")
    (OUT / "factiva_coded.html").write_text("<html><head><title>Factiva</title></head><body>" + "\n".join(rows) + "</body></html>\n", encoding="utf-8")


def write_rtf(name, lines):
    def escaped(line):
        out = ""
        for c in line:
            out += "\\" + c if c in "\\{}" else c if ord(c) < 128 else f"\\u{ord(c)}?" if ord(c) != 0x2019 else "\\'92"
        return out
    head = "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss Arial;}}{\\colortbl;\\red0\\green0\\blue0;}{\\*\\generator Example;}\n{\\header \\pard Page \\chpgn\\par}\n"
    body = "\n".join(f"\\pard\\plain\\f0\\fs20 {escaped(line)}\\par" for line in lines)
    (OUT / f"{name}.rtf").write_text(head + body + "\n}\n", encoding="ascii")


def write_docx(name, lines):
    document = docx.Document()
    for line in lines:
        if line == "End of Document":
            document.add_paragraph(line)
            document.add_page_break()
        elif ": " in line and len(line) < 80:
            label, value = line.split(": ", 1)
            paragraph = document.add_paragraph()
            paragraph.add_run(label + ":").bold = True
            paragraph.add_run(" " + value)
        else:
            document.add_paragraph(line)
    document.save(OUT / f"{name}.docx")


def write_pdf(name, lines, **options):
    style = getSampleStyleSheet()["Normal"]
    story = [Paragraph(html.escape(line), style) if line else Spacer(1, 10) for line in lines]
    pages = lambda canvas, document: canvas.drawString(500, 20, f"Page {document.page} of 9")
    SimpleDocTemplate(str(OUT / f"{name}.pdf"), pagesize=letter, invariant=1, **options).build(story, onFirstPage=pages, onLaterPages=pages)


def main():
    OUT.mkdir(exist_ok=True)
    for name, lines in [("nexis", nexis()), ("factiva", factiva()), ("proquest", proquest())]:
        for write in [write_txt, write_html, write_rtf, write_docx, write_pdf]:
            write(name, lines)
    write_txt("nexis_classic", nexis_classic())
    write_html("nexis_classic", nexis_classic(wrapped=False))
    write_txt("factiva_coded", factiva_coded())
    write_rtf("factiva_coded", factiva_coded())
    write_factiva_table()
    write_pdf("locked", ["Nobody reads this."], encrypt="secret")
    # Pages without any text, as a scanner makes them.
    SimpleDocTemplate(str(OUT / "scanned.pdf"), pagesize=letter, invariant=1).build([Spacer(1, 10)], onFirstPage=lambda canvas, _: canvas.rect(50, 50, 100, 100, fill=1))


main()
