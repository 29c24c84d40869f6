// Each row of ecosystems.tsv has the form that docs/ecosystems.md gives for its fact.
#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "confined/confined.h"
#include "source_folder.h"

namespace cascade::audit {
namespace {

using Texts = std::vector<std::string>;

struct Form {
  std::string subject;
  Texts clauses;
};

Texts split(const std::string& text, char at) {
  Texts parts;
  std::istringstream stream(text);
  for (std::string part; std::getline(stream, part, at);) parts.push_back(part);
  return parts;
}

// The word between backticks of a cell.
std::string ticked(const std::string& cell) {
  const std::size_t begin = cell.find('`') + 1;
  return cell.substr(begin, cell.find('`', begin) - begin);
}

std::map<std::string, Form> forms() {
  std::map<std::string, Form> forms;
  std::ifstream page(test::source_folder() + "/docs/ecosystems.md");
  for (std::string line; std::getline(page, line);) {
    const Texts cells = split(line, '|');
    if (line.compare(0, 3, "| `") != 0 || cells.size() < 5) continue;
    forms[ticked(cells[1])] = {ticked(cells[2]), split(ticked(cells[3]), ';')};
  }
  return forms;
}

bool is_condition(const std::string& word) {
  const std::size_t sign = word.find_first_of("#~");
  if (sign == std::string::npos) return true;
  const bool has_key = sign > 0 && sign + 1 < word.size() && word[sign + 1] != '=';
  return has_key && (word.compare(sign, 6, "#line=") != 0 || word.size() > sign + 6);
}

bool is_form(const Texts& parts) {
  static const std::set<std::string> alone = {"-", "whole", "lines", "module"};
  static const std::set<std::string> with_words = {"key",       "keys",    "array",  "after",
                                                   "attribute", "section", "pinned", "hash"};
  return parts.size() == 1 ? alone.count(parts.front()) > 0 : with_words.count(parts.front()) > 0;
}

bool fits(const std::string& form, std::string_view text) {
  static const std::set<std::string> purposes = {"test",  "lint",    "format", "types", "build",
                                                 "setup", "publish", "scan",   "audit", "manifests"};
  static const std::set<std::string> ways = {"keys", "make", "template", "just", "rake", "tox", "goal", "made"};
  static const std::set<std::string> runners = {"after", "direct", "any", "each", "first", "environments"};
  const Texts parts = parts_of(text);
  if (form == "nothing") return text == "-";
  if (parts.empty()) return false;
  if (form == "word") return parts.size() == 1;
  if (form == "purpose") return parts.size() == 1 && purposes.count(parts.front()) > 0;
  if (form == "form") return is_form(parts);
  if (form == "tasks") return ways.count(parts.front()) > 0;
  if (form == "runner") return runners.count(parts.front()) > 0;
  if (form == "conditions") return std::all_of(parts.begin(), parts.end(), is_condition);
  if (form == "globs")
    return std::none_of(parts.begin(), parts.end(),
                        [](const std::string& part) { return part.find_first_of(";#~|") != std::string::npos; });
  return form == "words";
}

bool fits(const Form& form, const EcosystemRow& row) {
  const auto clauses = clauses_of(row.value);
  if (!fits(form.subject, row.subject) || clauses.size() > form.clauses.size()) return false;
  for (std::size_t i = 0; i < form.clauses.size(); ++i) {
    const bool may_miss = form.clauses[i].back() == '?';
    const std::string name = form.clauses[i].substr(0, form.clauses[i].size() - (may_miss ? 1 : 0));
    if (i >= clauses.size() ? !may_miss : !fits(name, clauses[i])) return false;
  }
  return true;
}

}  // namespace

TEST_CASE("each row has the form that docs/ecosystems.md gives for its fact, and each fact has rows") {
  const auto known = forms();
  REQUIRE(known.size() > 50);
  std::set<std::string> used;
  for (const EcosystemRow& row : known_rows()) {
    INFO(row.ecosystem << " " << row.fact << " " << row.subject << " | " << row.value);
    const auto form = known.find(std::string(row.fact));
    REQUIRE(form != known.end());
    CHECK(fits(form->second, row));
    used.insert(form->first);
  }
  CHECK(used.size() == known.size());
}

TEST_CASE("a row of another form is none") {
  const auto known = forms();
  const auto is_row = [&](const char* fact, const char* subject, const char* value) {
    return fits(known.at(fact), EcosystemRow{"x", fact, subject, value});
  };
  CHECK(is_row("tool", "lint", "ruff;ruff.toml pyproject.toml#tool.ruff"));
  CHECK_FALSE(is_row("tool", "lint", "ruff"));
  CHECK_FALSE(is_row("tool", "linting", "ruff;ruff.toml"));
  CHECK_FALSE(is_row("tool", "lint", "ruff;#tool.ruff"));
  CHECK_FALSE(is_row("tool", "lint", "ruff;ruff.toml#=x"));
  CHECK_FALSE(is_row("off", "lint", "ruff;a;b;c"));
  CHECK_FALSE(is_row("depends", "a.toml", "keyed x"));
  CHECK_FALSE(is_row("depends", "a.toml", "key"));
  CHECK_FALSE(is_row("runner", "npm", "package.json;run"));
  CHECK_FALSE(is_row("source", "*.js", "code"));
  CHECK_FALSE(is_row("needs", "tox two", "tox.ini"));
}

}  // namespace cascade::audit
