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

void workbook(const Folder& folder, const std::string& name, const std::string& cells) {
  folder.zip(name, {{"xl/workbook.xml",
                     "<workbook xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\" "
                     "xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets>"
                     "<sheet name=\"Sum\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"},
                    {"xl/_rels/workbook.xml.rels",
                     "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">"
                     "<Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"},
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
  CHECK(folder.run(script, "good.xlsx --computed").exit == 0);
  CHECK(folder.run(script, "code.xlsx").exit == 0);
  CHECK(folder.run(script, "bare.xlsx").exit == 0);
  for (const char* bad : {"bare.xlsx --computed", "error.xlsx", "gone.xlsx", "text.xlsx"})
    CHECK(folder.run(script, bad).exit == 1);
  CHECK(folder.run(script, "zip.py").exit == 2);
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
  CHECK(folder.run(script, "bad good").exit == 0);
  CHECK(folder.run(script, "good few").exit == 2);
}

}  // namespace
}  // namespace cascade::library
