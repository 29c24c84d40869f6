#include "cli/scenario.h"

#include <sstream>
#include <string_view>

namespace cascade::test {
namespace {

struct Reader {
  Scenario scenario;
  std::string* continued = nullptr;  // what "| " lines go to

  void line(const std::string& text) {
    const std::string keyword = text.substr(0, 4);
    if (text.rfind("| ", 0) == 0 || text == "|") {
      if (continued == nullptr) return fail("a line without a beginning: " + text);
      *continued += (text.size() > 2 ? text.substr(2) : "") + "\n";
    } else if (text == "\\") {
      if (continued == nullptr || continued->empty()) return fail("a backslash without a line");
      continued->pop_back();
    } else if (keyword == "TREE") {
      scenario.trees.push_back(rest(text));
    } else if (keyword == "FILE") {
      scenario.files.push_back({rest(text), {}});
      continued = &scenario.files.back().text;
    } else if (keyword == "RUN ") {
      scenario.runs.push_back({rest(text), {}, {}, 0});
      continued = nullptr;
    } else if (scenario.runs.empty() && scenario.files.empty() && scenario.trees.empty()) {
      if (!text.empty()) scenario.comments.push_back(text);
    } else if (!text.empty()) {
      outcome(keyword, text);
    }
  }

  void outcome(const std::string& keyword, const std::string& text) {
    if (scenario.runs.empty()) return fail("expects a RUN first: " + text);
    ScenarioRun& run = scenario.runs.back();
    if (keyword == "EXIT") {
      run.exit = std::stoi(rest(text));
    } else if (text == "OUT") {
      continued = &run.out;
    } else if (text == "ERR") {
      continued = &run.err;
    } else {
      fail("no keyword: " + text);
    }
  }

  static std::string rest(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(' ', 4);
    return begin == std::string::npos ? std::string() : text.substr(begin);
  }

  void fail(const std::string& what) {
    if (scenario.fault.empty()) scenario.fault = what;
  }
};

void add_block(std::string& out, std::string_view keyword, const std::string& text) {
  if (!keyword.empty()) {
    if (text.empty()) return;
    out.append(keyword) += '\n';
  }
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = text.find('\n', begin);
    const std::string line = text.substr(begin, end - begin);
    out += line.empty() ? "|\n" : "| " + line + "\n";
    if (end == std::string::npos) {
      out += "\\\n";
      return;
    }
    begin = end + 1;
  }
}

}  // namespace

Scenario parse_scenario(const std::string& text) {
  Reader reader;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) reader.line(line);
  if (reader.scenario.runs.empty()) reader.fail("there is no RUN");
  return reader.scenario;
}

Tree parse_tree(const std::string& text) {
  Reader reader;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) reader.line(line);
  if (!reader.scenario.runs.empty()) reader.fail("a tree runs nothing");
  return {std::move(reader.scenario.files), std::move(reader.scenario.fault)};
}

std::string write_scenario(const Scenario& scenario) {
  std::string out;
  for (const std::string& comment : scenario.comments) out += comment + "\n";
  for (const std::string& tree : scenario.trees) out += "TREE " + tree + "\n";
  for (const ScenarioFile& file : scenario.files) {
    out += "FILE " + file.path + "\n";
    add_block(out, "", file.text);
  }
  for (const ScenarioRun& run : scenario.runs) {
    if (!out.empty()) out += "\n";
    out += "RUN  " + run.command + "\nEXIT " + std::to_string(run.exit) + "\n";
    add_block(out, "OUT", run.out);
    add_block(out, "ERR", run.err);
  }
  return out;
}

}  // namespace cascade::test
