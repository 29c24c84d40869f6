// The programs that skills carry: each is tried on a case where the work is done and on one where it is not.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "library/library_tree.h"

namespace cascade::library {
namespace {

class Folder {
 public:
  Folder() {
    path_ = (std::filesystem::temp_directory_path() / "cascade-scripts-XXXXXX").string();
    REQUIRE(mkdtemp(path_.data()) != nullptr);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  void write(const std::string& name, const std::string& text) const { std::ofstream(path_ + "/" + name) << text; }

  // A zip archive of one or more parts, as python3 writes it: NAME=TEXT.
  void zip(const std::string& name, const std::vector<std::pair<std::string, std::string>>& parts) const {
    write("zip.py",
          "import sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], 'w') as z:\n"
          "  for i in range(2, len(sys.argv), 2): z.writestr(sys.argv[i], sys.argv[i + 1])\n");
    std::string call = "python3 '" + path_ + "/zip.py' '" + path_ + "/" + name + "'";
    for (const auto& [part, text] : parts) call += " '" + part + "' '" + text + "'";
    REQUIRE(answer_of(call).exit == 0);
  }

  const std::string& path() const { return path_; }

  Answer run(const std::string& script, const std::string& arguments) const {
    return answer_of("script=\"$PWD/skills/" + script + "\"; cd '" + path_ + "' && \"$script\" " + arguments + " 2>&1");
  }

 private:
  std::string path_;
};

bool has_python() {
  if (answer_of("command -v python3").exit == 0) return true;
  WARN("skipped: python3 is not here");
  return false;
}

std::string document(const std::string& runs) {
  return "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body><w:p>" + runs +
         "</w:p></w:body></w:document>";
}

std::string sheet(const std::string& cells) {
  return "<worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData><row>" + cells +
         "</row></sheetData></worksheet>";
}

// `format`: of the cells with the style 1.
void workbook(const Folder& folder, const std::string& name, const std::string& cells,
              const std::string& format = "0") {
  folder.zip(name, {{"xl/workbook.xml",
                     "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
                     "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>"
                     "<sheet name=\"Sum\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
                    {"xl/_rels/workbook.xml.rels",
                     "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                     "<Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"},
                    {"xl/styles.xml",
                     "<styleSheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><cellXfs>"
                     "<xf numFmtId=\"0\"/><xf numFmtId=\"" +
                         format + "\"/></cellXfs></styleSheet>"},
                    {"xl/worksheets/sheet1.xml", sheet(cells)}});
}

TEST_CASE("a Word template is filled across runs, and nothing is written where a value or a place is missing") {
  if (!has_python()) return;
  const Folder folder;
  const std::string script = "word-documents/scripts/fill_template.py";
  folder.zip("in.docx",
             {{"word/document.xml", document("<w:r><w:t>Dear {{na</w:t></w:r><w:r><w:t>me}}!</w:t></w:r>")}});
  folder.write("full.json", R"({"name": "Zo & Co"})");
  folder.write("empty.json", "{}");
  folder.write("more.json", R"({"name": "a", "sum": 1})");
  CHECK(folder.run(script, "--list in.docx").out == "name\n");
  CHECK(folder.run(script, "in.docx empty.json out.docx").exit == 1);
  CHECK(folder.run(script, "in.docx more.json out.docx").exit == 1);
  CHECK(folder.run(script, "--list out.docx").exit == 2);
  CHECK(folder.run(script, "in.docx full.json out.docx").exit == 0);
  CHECK(folder.run(script, "--list out.docx").out.empty());
  CHECK(folder.run(script, "full.json full.json out.docx").exit == 2);
}

TEST_CASE(
    "a workbook with error cells, deleted references, text numbers or no stored values is told from a sound one") {
  if (!has_python()) return;
  const Folder folder;
  const std::string script = "spreadsheet-building/scripts/check_workbook.py";
  workbook(folder, "good.xlsx", "<c r=\"A1\"><v>3</v></c><c r=\"A2\"><f>A1*2</f><v>6</v></c>");
  workbook(folder, "bare.xlsx", "<c r=\"A2\"><f>A1*2</f></c>");
  workbook(folder, "error.xlsx", "<c r=\"A2\" t=\"e\"><f>A1/0</f><v>#DIV/0!</v></c>");
  workbook(folder, "gone.xlsx", "<c r=\"A2\"><f>#REF!+1</f><v>1</v></c>");
  workbook(folder, "text.xlsx", "<c r=\"A2\" t=\"inlineStr\"><is><t>1,200</t></is></c>");
  workbook(folder, "code.xlsx", "<c r=\"A2\" t=\"inlineStr\"><is><t>00123</t></is></c>");
  const std::string postcode = "<c r=\"A2\" s=\"1\" t=\"inlineStr\"><is><t>80331</t></is></c>";
  workbook(folder, "postcode.xlsx", postcode, "49");
  workbook(folder, "amount.xlsx", postcode, "0");
  CHECK(folder.run(script, "good.xlsx --computed").exit == 0);
  CHECK(folder.run(script, "code.xlsx").exit == 0);
  CHECK(folder.run(script, "postcode.xlsx").exit == 0);
  CHECK(folder.run(script, "bare.xlsx").exit == 0);
  for (const char* bad : {"bare.xlsx --computed", "error.xlsx", "gone.xlsx", "text.xlsx", "amount.xlsx"})
    CHECK(folder.run(script, bad).exit == 1);
  CHECK(folder.run(script, "zip.py").exit == 2);
}

TEST_CASE("results of a computed copy are put into a workbook that keeps its formulas, and errors are named by cell") {
  if (!has_python()) return;
  const Folder folder;
  const std::string script = "spreadsheet-building/scripts/recalculate.py";
  const std::string check = "spreadsheet-building/scripts/check_workbook.py";
  workbook(folder, "book.xlsx",
           "<c r=\"A1\"><v>3</v></c><c r=\"A2\"><f>A1*2</f></c><c r=\"A3\" t=\"n\"><f>A1&amp;\"x\"</f></c>");
  workbook(folder, "done.xlsx", "<c r=\"A2\"><f>A1*2</f><v>6</v></c><c r=\"A3\" t=\"str\"><f>x</f><v>3x</v></c>");
  workbook(folder, "bad.xlsx", "<c r=\"A2\" t=\"e\"><v>#REF!</v></c><c r=\"A3\"><v>1</v></c>");
  workbook(folder, "other.xlsx", "<c r=\"A1\"><v>6</v></c>");
  CHECK(folder.run(check, "book.xlsx --computed").exit == 1);
  CHECK(folder.run(script, "book.xlsx --out out.xlsx --from other.xlsx").exit == 2);
  const Answer bad = folder.run(script, "book.xlsx --out out.xlsx --from bad.xlsx");
  CHECK(bad.exit == 1);
  CHECK(bad.out.find("Sum!A2: #REF!: =A1*2\n") == 0);
  CHECK(folder.run(script, "book.xlsx --from done.xlsx").exit == 0);
  CHECK(folder.run(check, "book.xlsx --computed").out.find("3 cells, 2 formulas\n0 findings") != std::string::npos);
}

TEST_CASE("edits become tracked changes across runs, and nothing is written where a text is not there once") {
  if (!has_python()) return;
  const Folder folder;
  const std::string script = "word-documents/scripts/track_changes.py",
                    by = " --author Ann --date 2026-01-01T00:00:00Z";
  folder.zip("in.docx", {{"word/document.xml",
                          document("<w:r><w:t>Pay within </w:t></w:r><w:r><w:t>30 days, 30 EUR</w:t></w:r>")}});
  folder.write("edit.json", R"([{"find": "within 30 days", "replace": "in 14 days"}])");
  folder.write("twice.json", R"([{"find": "30", "replace": "14"}])");
  folder.write("absent.json", R"([{"find": "60 days", "replace": ""}])");
  CHECK(folder.run(script, "in.docx edit.json out.docx" + by).exit == 0);
  CHECK(folder.run(script, "--list out.docx").out ==
        "deletion\tAnn\twithin \ndeletion\tAnn\t30\ninsertion\tAnn\tin 14\n");
  CHECK(folder.run(script, "in.docx twice.json no.docx" + by).exit == 1);
  CHECK(folder.run(script, "in.docx absent.json no.docx" + by).exit == 1);
  CHECK(folder.run(script, "--list no.docx").exit == 2);
}

TEST_CASE("comments and whole paragraphs are tracked too, and changes are accepted or refused as their author's") {
  if (!has_python()) return;
  const Folder folder;
  const std::string script = "word-documents/scripts/track_changes.py",
                    by = " --author Ann --date 2026-01-01T00:00:00Z";
  const std::string tabbed =
      "<w:r><w:rPr><w:b/></w:rPr><w:tab/></w:r><w:r><w:rPr><w:i/></w:rPr><w:t>30 days</w:t></w:r>";
  folder.zip("in.docx",
             {{"[Content_Types].xml", "<Types></Types>"},
              {"word/_rels/document.xml.rels", "<Relationships></Relationships>"},
              {"word/document.xml",
               document(tabbed + "</w:p><w:p><w:r><w:t>Fee</w:t></w:r></w:p><w:p><w:r><w:t>End</w:t></w:r>")}});
  folder.write("edit.json", R"([{"find": "30 days", "replace": "14 days", "comment": "Agreed?"},
    {"find": "Fee", "delete": "paragraph"}, {"find": "End", "insert": "New"}])");
  folder.write("nothing.json", R"([{"find": "Fee"}])");
  folder.write(
      "text.py",
      "import re, sys, zipfile\nxml = zipfile.ZipFile(sys.argv[1]).read('word/document.xml').decode()\n"
      "print('|'.join(''.join('>' if t[1] else t[0] for t in re.findall('<w:t(?: [^>]*)?>([^<]*)|(<w:tab/>)', p))\n"
      "  for p in re.findall('<w:p>.*?</w:p>|<w:p [^>]*>.*?</w:p>', xml)))\n");
  const auto text_of = [&](const std::string& name) {
    return answer_of("python3 '" + folder.path() + "/text.py' '" + folder.path() + "/" + name + "'").out;
  };
  CHECK(text_of("in.docx") == ">30 days|Fee|End\n");
  CHECK(folder.run(script, "in.docx nothing.json out.docx" + by).exit == 2);
  REQUIRE(folder.run(script, "in.docx edit.json out.docx" + by).exit == 0);
  CHECK(folder.run(script, "--list out.docx").out ==
        "deletion\tAnn\t30\ninsertion\tAnn\t14\ndeletion\tAnn\t\ndeletion\tAnn\tFee\ninsertion\tAnn\t\n"
        "insertion\tAnn\tNew\ncomment\tAnn\tAgreed?\n");
  CHECK(folder.run(script, "--refuse out.docx back.docx").out == "6 changes refused\n");
  CHECK(text_of("back.docx") == ">30 days|Fee|End\n");
  CHECK(folder.run(script, "--accept out.docx new.docx --drop-comments").out == "6 changes accepted\n");
  CHECK(text_of("new.docx") == ">14 days|End|New\n");
  CHECK(folder.run(script, "--list new.docx").out.empty());
  CHECK(folder.run(script, "--accept out.docx other.docx --author Bob").out == "0 changes accepted\n");
  folder.zip("cells.docx", {{"word/document.xml", document("<w:cellDel w:author=\"Ann\"/>")}});
  CHECK(folder.run(script, "--accept cells.docx no.docx").exit == 1);
  CHECK(folder.run(script, "--accept no.docx out2.docx").exit == 2);
}

// Two slides, of which the first has a chart with data of its own; both have one layout.
void deck(const Folder& folder, const std::string& name, const std::string& link) {
  const std::string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const auto relation = [&](const std::string& id, const std::string& kind, const std::string& target) {
    return "<Relationship Id=\"" + id + "\" Type=\"" + office + "/" + kind + "\" Target=\"" + target + "\"/>";
  };
  const auto relations = [](const std::string& inside) { return "<Relationships>" + inside + "</Relationships>"; };
  const auto slide = [](const std::string& title) {
    return "<p:sld><p:sp><p:ph type=\"title\"/><a:t>" + title + "</a:t></p:sp></p:sld>";
  };
  folder.zip(
      name,
      {{"[Content_Types].xml", "<Types><Override PartName=\"/ppt/charts/chart1.xml\" ContentType=\"c\"/></Types>"},
       {"_rels/.rels", relations(relation("rId1", "officeDocument", "ppt/presentation.xml"))},
       {"ppt/presentation.xml",
        "<p:p><p:sldIdLst><p:sldId id=\"256\" r:id=\"rId1\"/><p:sldId id=\"257\" r:id=\"rId2\"/></p:sldIdLst></p:p>"},
       {"ppt/_rels/presentation.xml.rels",
        relations(relation("rId1", "slide", "slides/slide1.xml") + relation("rId2", "slide", "slides/slide2.xml"))},
       {"ppt/slides/slide1.xml", slide("One")},
       {"ppt/slides/_rels/slide1.xml.rels",
        relations(relation("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml") +
                  relation("rId2", "chart", "../charts/chart1.xml") + link)},
       {"ppt/slides/slide2.xml", slide("Two")},
       {"ppt/slides/_rels/slide2.xml.rels",
        relations(relation("rId1", "slideLayout", "../slideLayouts/slideLayout1.xml"))},
       {"ppt/slideLayouts/slideLayout1.xml", "<p:cSld name=\"Claim\">"},
       {"ppt/charts/chart1.xml", "<c/>"},
       {"ppt/charts/_rels/chart1.xml.rels", relations(relation("rId1", "package", "../embeddings/book1.xlsx"))},
       {"ppt/embeddings/book1.xlsx", "data"}});
}

TEST_CASE("slides are ordered, repeated with charts of their own, and dropped with what only they used") {
  if (!has_python()) return;
  const Folder folder;
  const std::string script = "slide-building/scripts/arrange_slides.py";
  const std::string to_second =
      "<Relationship Id=\"rId3\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/slide\" "
      "Target=\"slide2.xml\"/>";
  deck(folder, "in.pptx", "");
  deck(folder, "linked.pptx", to_second);
  const auto parts = [&](const std::string& name) {
    return answer_of("python3 -c \"import zipfile; print(' '.join(sorted(n.split('/')[-1] for n in zipfile.ZipFile('" +
                     folder.path() + "/" + name + "').namelist() if 'rels' not in n)))\"")
        .out;
  };
  CHECK(folder.run(script, "--list in.pptx").out == "1\tClaim\tOne\n2\tClaim\tTwo\n");
  CHECK(folder.run(script, "in.pptx '2 1 1' out.pptx").exit == 0);
  CHECK(folder.run(script, "--list out.pptx").out == "1\tClaim\tTwo\n2\tClaim\tOne\n3\tClaim\tOne\n");
  CHECK(parts("out.pptx") ==
        "[Content_Types].xml book1.xlsx book2.xlsx chart1.xml chart2.xml presentation.xml slide1.xml slide2.xml "
        "slide3.xml "
        "slideLayout1.xml\n");
  CHECK(folder.run(script, "in.pptx 2 two.pptx").exit == 0);
  CHECK(parts("two.pptx") == "[Content_Types].xml presentation.xml slide2.xml slideLayout1.xml\n");
  CHECK(folder.run(script, "linked.pptx 1 no.pptx").exit == 1);
  CHECK(folder.run(script, "in.pptx 3 no.pptx").exit == 2);
  CHECK(folder.run(script, "--list no.pptx").exit == 2);
}

TEST_CASE("texts are written into boxes of a form without fields only where they fit and cover nothing") {
  if (!has_python()) return;
  if (answer_of("command -v qpdf && command -v pdftotext").exit != 0) {
    WARN("skipped: qpdf or pdftotext is not here");
    return;
  }
  const Folder folder;
  const std::string script = "pdf-processing/scripts/fill_boxes.py";
  folder.write("form.py",
               "import os, sys\nsys.path.insert(0, sys.argv[1])\nimport fill_boxes\n"
               "line = [{'page': 1, 'box': [50, 50, 200, 70], 'text': 'Name: ______', 'size': 12}]\n"
               "open(sys.argv[2], 'wb').write(fill_boxes.stamp(line, {1: (300, 200, [])}))\n");
  REQUIRE(answer_of("PYTHONDONTWRITEBYTECODE=1 python3 '" + folder.path() +
                    "/form.py' skills/pdf-processing/scripts '" + folder.path() + "/form.pdf'")
              .exit == 0);
  folder.write("good.json", R"([{"page": 1, "box": [90, 48, 250, 66], "text": "Ada Byron"}])");
  folder.write("over.json", R"([{"page": 1, "box": [40, 48, 250, 66], "text": "Ada"}])");
  folder.write("wide.json", R"([{"page": 1, "box": [90, 48, 100, 66], "text": "Ada Byron"}])");
  CHECK(folder.run(script, "form.pdf good.json out.pdf").exit == 0);
  CHECK(folder.run(script, "--words out.pdf 1").out.find("Byron") != std::string::npos);
  CHECK(folder.run(script, "form.pdf over.json no.pdf").exit == 1);
  CHECK(folder.run(script, "form.pdf wide.json no.pdf").exit == 1);
  CHECK(folder.run(script, "--words no.pdf").exit == 2);
}

TEST_CASE("a form's fields are listed and filled, and a name, state or length that is none of the form's is refused") {
  if (!has_python()) return;
  if (answer_of("command -v qpdf").exit != 0) {
    WARN("skipped: qpdf is not here");
    return;
  }
  const Folder folder;
  const std::string script = "pdf-processing/scripts/fill_fields.py";
  const std::string box = "/Type/Annot/Subtype/Widget/P 3 0 R/F 4/Rect[10 10 90 30]";
  const std::string mark = "<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length 0>>stream\n\nendstream endobj\n";
  folder.write(
      "form.pdf",
      "%PDF-1.7\n1 0 obj<</Type/Catalog/Pages 2 0 R/AcroForm<</Fields[4 0 R 5 0 R]/DA(/F 9 Tf 0 g)/DR<</Font<</F 8 0 "
      "R>>>>>>>>endobj\n"
      "2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n"
      "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Annots[4 0 R 5 0 R]>>endobj\n"
      "4 0 obj<<" +
          box + "/FT/Tx/T(name)/MaxLen 5>>endobj\n5 0 obj<<" + box +
          "/FT/Btn/T(agree)/AS/Off/AP<</N<</Yes 6 0 R/Off 7 0 R>>>>>>endobj\n6 0 obj" + mark + "7 0 obj" + mark +
          "8 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>endobj\ntrailer<</Root 1 0 "
          "R/Size 9>>\n%%EOF\n");
  CHECK(folder.run(script, "--list form.pdf").out == "name\ttext\t1\tat most 5\t\nagree\tcheck\t1\tYes | Off\t\n");
  folder.write("good.json", R"({"name": "Zoë", "agree": "Yes"})");
  folder.write("greek.json", R"({"name": "Ζωή"})");
  CHECK(folder.run(script, "form.pdf good.json out.pdf").out == "2 of 2 fields filled\n");
  CHECK(folder.run(script, "--list out.pdf").out == "name\ttext\t1\tat most 5\tZoë\nagree\tcheck\t1\tYes | Off\tYes\n");
  CHECK(folder.run(script, "form.pdf good.json flat.pdf --flatten").exit == 0);
  CHECK(folder.run(script, "--list flat.pdf").exit == 2);
  CHECK(folder.run(script, "form.pdf greek.json out.pdf").exit == 0);
  CHECK(folder.run(script, "form.pdf greek.json no.pdf --flatten").exit == 1);
  for (const char* bad : {R"({"nam": "Ada"})", R"({"agree": "On"})", R"({"name": "Adelaide"})"}) {
    folder.write("bad.json", bad);
    CHECK(folder.run(script, "form.pdf bad.json no.pdf").exit == 1);
  }
  CHECK(folder.run(script, "--list no.pdf").exit == 2);
}

TEST_CASE("looks that every subject gets are named beside a page's findings and are none") {
  if (!has_python()) return;
  const Folder folder;
  const auto said = [&](const std::string& css, const std::string& text) {
    folder.write(
        "page.html",
        "<html lang=\"en\"><head><title>A</title><meta name=\"description\" content=\"b\"><meta name=\"viewport\" "
        "content=\"c\"><style>" +
            css + "</style></head><body><h1>" + text + "</h1></body></html>");
    const Answer answer = folder.run("landing-page-building/scripts/check_page.py", "page.html");
    CHECK(answer.exit == 0);
    return answer.out;
  };
  CHECK(said(":root{--paper:#f6f1e7;--accent:#b3361b}", "A") == "look: cream paper with a rust accent\n0 findings\n");
  CHECK(said(":root{--paper:#101010;--accent:#b6ff3b}", "A") ==
        "look: near-black paper with one loud accent\n0 findings\n");
  CHECK(said("a{background:linear-gradient(#667eea,#764ba2)}", "A") ==
        "look: gradient of indigo and purple\n0 findings\n");
  CHECK(said("body{font-family:Inter,sans-serif}", "01 02 03") ==
        "look: a typeface that fits every subject\nlook: numbered sections: is it a sequence?\n0 findings\n");
  CHECK(said(":root{--paper:#ffffff;--ink:#0f2a33;--accent:#0a5c8a}", "07:40 09:10") == "0 findings\n");
}

TEST_CASE("retrieval is scored by rank, and a run without answerable questions is refused") {
  if (!has_python()) return;
  const Folder folder;
  const std::string script = "rag-building/scripts/score_retrieval.py";
  folder.write("run.jsonl",
               "{\"question\":\"a\",\"relevant\":[\"1\"],\"found\":[\"1\",\"2\"]}\n"
               "{\"question\":\"b\",\"relevant\":[\"3\"],\"found\":[\"9\"]}\n");
  folder.write("none.jsonl", "{\"question\":\"a\",\"relevant\":[],\"found\":[\"1\"]}\n");
  const Answer scored = folder.run(script, "run.jsonl 1 5");
  CHECK(scored.exit == 0);
  CHECK(scored.out.find("recall@1   0.500") != std::string::npos);
  CHECK(scored.out.find("1 of 2 miss at 5; 0 without an answer in the corpus\n  b\n") != std::string::npos);
  CHECK(folder.run(script, "none.jsonl").exit == 2);
}

TEST_CASE(
    "documents are cut below headings, found by words within a reader's rights, and forgotten when they are gone") {
  if (!has_python()) return;
  if (answer_of(
          "python3 -c \"import sqlite3; sqlite3.connect(':memory:').execute('CREATE VIRTUAL TABLE t USING fts5(x)')\"")
          .exit != 0) {
    WARN("skipped: SQLite has no FTS5");
    return;
  }
  const Folder folder;
  const std::string script = "rag-building/scripts/baseline_search.py";
  REQUIRE(answer_of("mkdir -p '" + folder.path() + "/docs/board'").exit == 0);
  folder.write("docs/handbook.md",
               "# Lamps\n\n## Warranty\n\nThree years.\n\n```\n# no heading\n```\n\n## Price\n\nTen euro.\n");
  folder.write("docs/board/pay.html", "<h1>Pay</h1><p>The warranty fund holds 5 million.</p><script>warranty</script>");
  folder.write("rights.tsv", "\tall\nboard/\tboard\n");
  folder.write("q.jsonl",
               "{\"question\": \"Which warranty has a lamp?\", \"relevant\": [\"handbook.md#lamps/warranty\"]}\n");
  CHECK(folder.run(script, "ask no.db warranty").exit == 2);
  CHECK(folder.run(script, "index docs x.db --rights rights.tsv").out == "2 new, 0 changed, 0 gone; 3 passages\n");
  const Answer asked = folder.run(script, "ask x.db 'warranty?'");
  CHECK(asked.out.find("1\thandbook.md#lamps/warranty\nhandbook.md > Lamps > Warranty\n") == 0);
  CHECK(asked.out.find("pay") == std::string::npos);
  CHECK(folder.run(script, "ask x.db warranty --as board").out.find("board/pay.html#pay") != std::string::npos);
  CHECK(folder.run(script, "ask x.db xylophone").exit == 1);
  CHECK(folder.run(script, "run x.db q.jsonl run.jsonl").exit == 0);
  CHECK(folder.run("rag-building/scripts/score_retrieval.py", "run.jsonl 1").out.find("recall@1   1.000") == 0);
  REQUIRE(answer_of("rm '" + folder.path() + "/docs/handbook.md'").exit == 0);
  CHECK(folder.run(script, "index docs x.db --rights rights.tsv").out == "0 new, 0 changed, 1 gone; 1 passages\n");
}

TEST_CASE("a worse run of an evaluation is told from the same one") {
  if (!has_python()) return;
  const Folder folder;
  const std::string script = "llm-eval-building/scripts/compare_runs.py";
  std::string good, bad;
  for (int i = 0; i < 8; ++i) {
    good += "{\"id\":" + std::to_string(i) + ",\"pass\":true}\n";
    bad += "{\"id\":" + std::to_string(i) + ",\"pass\":false}\n";
  }
  folder.write("good", good);
  folder.write("bad", bad);
  folder.write("few", good.substr(0, good.find('\n') + 1));
  CHECK(folder.run(script, "good bad").exit == 1);
  CHECK(folder.run(script, "good good").exit == 0);
  std::string right, fewer;
  for (int i = 0; i < 20; ++i) {
    right += "{\"id\":" + std::to_string(i) + ",\"pass\":" + (i < 18 ? "true" : "false") + "}\n";
    fewer += "{\"id\":" + std::to_string(i) + ",\"pass\":" + (i < 14 ? "true" : "false") + "}\n";
  }
  folder.write("right", right);
  folder.write("fewer", fewer);
  CHECK(folder.run(script, "right fewer").exit == 3);  // four lost of twenty: neither shown nor excluded
  CHECK(folder.run(script, "bad good").exit == 0);
  CHECK(folder.run(script, "good few").exit == 2);
}

// Each row of kind, pattern, a line that it finds, one that it leaves, source.
TEST_CASE("every row of a file of patterns finds its good line and leaves its bad one") {
  const Answer faults = answer_of(R"sh(for file in commands/*/patterns/*.tsv; do
    fold=; case $file in *personal-data*) fold=-i;; esac
    grep -v '^#' "$file" | while IFS="$(printf '\t')" read -r kind pattern finds leaves source; do
      [ -n "$source" ] || echo "$file: $kind: fewer than five cells"
      printf '%s\n' "$finds" | grep -qE $fold -e "$pattern" || echo "$file: $kind misses $finds"
      printf '%s\n' "$leaves" | grep -qE $fold -e "$pattern" && echo "$file: $kind reports $leaves"
    done
  done 2>&1; :)sh");
  CHECK(faults.out.empty());
}

TEST_CASE("what ages is written alike in the table and in every manifest, and an action without a row is found") {
  if (!has_python()) return;
  CHECK(answer_of("scripts/library-ages").exit == 0);
  CHECK(answer_of("scripts/library-ages --before 9999-01-01").exit == 1);
  const Folder folder;
  const auto said = [&](const std::string& line) {
    REQUIRE(answer_of("mkdir -p '" + folder.path() + "/skills/a'").exit == 0);
    folder.write("skills/a/SKILL.md", line + "\n");
    return answer_of("scripts/library-ages '" + folder.path() + "'");
  };
  CHECK(said("- uses: actions/checkout@v6").exit == 0);
  CHECK(said("- uses: actions/checkout@v4").out.find("skills/a/SKILL.md:1: actions/checkout is v4 here") !=
        std::string::npos);
  CHECK(said("- uses: someone/thing@v1").out.find("someone/thing@v1 has no row") != std::string::npos);
}

}  // namespace
}  // namespace cascade::library
