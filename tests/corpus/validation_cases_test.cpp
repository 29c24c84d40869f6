// The shared validation cases: every expected finding at its line, none in the healthy trees.
#include <cascade/validate.h>

#include "corpus/corpora.h"
#include "scratch_folder.h"

#include <catch2/catch.hpp>

#include <sys/wait.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <set>

namespace cascade::corpora {
namespace {

namespace fs = std::filesystem;
using syntax::Node;

std::string cases() { return shared() + "/fixtures/validation"; }

// One tree with what is not stored: links, and a name with a blank, of which the part before it is left.
void copy_case(const fs::path& from, const fs::path& to) {
  // Folder by folder: a copy of one that its user may not write to would be such a folder, too.
  fs::create_directories(to);
  for (const auto& entry : fs::recursive_directory_iterator(from)) {
    const fs::path into = to / fs::relative(entry.path(), from);
    if (entry.is_directory() && !entry.is_symlink())
      fs::create_directories(into);
    else
      fs::copy(entry.path(), into, fs::copy_options::copy_symlinks);
  }
  for (const fs::directory_entry& entry : fs::recursive_directory_iterator(to))
    fs::permissions(entry, fs::perms::owner_write, fs::perm_options::add);
  const Node links = read_json((from / "links.json").string());
  for (std::size_t i = 0; i < links.size(); ++i)
    fs::create_symlink(links.value(i).text, to / "tree" / links.key(i).text);
  const fs::path stored = to / "tree/skills/handbook/references/travel";
  if (fs::exists(stored)) fs::rename(stored, stored.parent_path() / "travel guide.md");
}

// What the program prints about a tree, as a document; nothing of the user's takes part.
std::string validated(const fs::path& tree, int& exit) {
  const std::string command =
      "HOME=/nowhere XDG_CACHE_HOME= XDG_STATE_HOME= CASCADE_VOCABULARY=estimate '" CASCADE_BINARY "' validate '" +
      tree.string() + "' --format json";
  std::string out;
  FILE* pipe = ::popen(command.c_str(), "r");
  char buffer[1 << 16];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, got);
  const int status = ::pclose(pipe);
  exit = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  return out;
}

Node findings_in(const fs::path& folder) {
  const test::ScratchFolder scratch;
  const fs::path copy = fs::path(scratch.path) / folder.filename();
  copy_case(folder, copy);
  int exit = 0;
  const std::string out = validated(copy / "tree", exit);
  INFO(folder.string());
  CHECK((exit == 0 || exit == 1));
  const syntax::Parsed parsed = syntax::parse_json(out, {1u << 30, 64, 10'000'000, 0});
  const Node* found = parsed.root.find("findings");
  REQUIRE(found != nullptr);
  return *found;
}

bool is_at(const Node& finding, const Node& place) {
  if (written(place, "path") != "*" && written(place, "path") != written(finding, "path")) return false;
  const Node* line = place.find("line");
  if (line == nullptr || line->kind == syntax::NodeKind::null) return true;
  const std::string found = written(finding, "line");
  const int wanted = std::stoi(line->text), at = found.empty() ? 1 : std::stoi(found);
  return at - wanted <= 1 && wanted - at <= 1;
}

bool answers(const Node& finding, const Node& expected) {
  std::vector<std::string> rules = {written(expected, "rule")};
  if (const Node* others = expected.find("or"))
    for (const Node& other : others->items) rules.push_back(other.text);
  if (std::find(rules.begin(), rules.end(), written(finding, "rule")) == rules.end()) return false;
  if (is_at(finding, expected)) return true;
  const Node* others = expected.find("alt");
  return others != nullptr && std::any_of(others->items.begin(), others->items.end(),
                                          [&](const Node& place) { return is_at(finding, place); });
}

std::string described(const Node& finding) {
  return written(finding, "rule") + " " + written(finding, "path") + ":" + written(finding, "line") + " " +
         written(finding, "message");
}

std::vector<fs::path> folders_below(const std::string& folder) {
  std::vector<fs::path> found;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) found.push_back(entry.path());
  std::sort(found.begin(), found.end());
  return found;
}

}  // namespace

TEST_CASE("every expected finding of the shared cases is found at its line") {
  if (!fs::exists(cases())) {
    WARN("skipped: no shared validation cases here");
    return;
  }
  std::string missed;
  std::size_t all = 0;
  for (const fs::path& folder : folders_below(cases() + "/cases")) {
    const Node found = findings_in(folder), expected = read_json((folder / "expected.json").string());
    for (const Node& one : expected.items) {
      ++all;
      if (std::none_of(found.items.begin(), found.items.end(),
                       [&](const Node& finding) { return answers(finding, one); }))
        missed += folder.filename().string() + ": " + described(one) + "\n";
    }
  }
  const auto lines = static_cast<std::size_t>(std::count(missed.begin(), missed.end(), '\n'));
  std::printf("validation: %zu of %zu expected findings at their lines\n", all - lines, all);
  CHECK(all > 100);
  CHECK(missed == "");
}

TEST_CASE("every rule of the shared catalogue that is not for later is checked, under its slug") {
  const std::string page = shared() + "/reference/validation-rules.md";
  std::ifstream in(page, std::ios::binary);
  if (!in) {
    WARN("skipped: no shared catalogue here");
    return;
  }
  std::set<std::string> later;  // the page says so, "* **HK009 `hook-unquoted`** ... later"
  for (std::string line; std::getline(in, line);)
    if (line.compare(0, 4, "* **") == 0 && line.find("later") != std::string::npos)
      later.insert(line.substr(4, line.find(' ', 4) - 4));
  const Node catalogue = read_json(shared() + "/reference/validation-rules.json");
  std::string missed;
  std::size_t all = 0;
  for (const Node& rule : catalogue.find("rules")->items) {
    const std::string id = written(rule, "id");
    if (later.count(id) != 0) continue;
    ++all;
    const RuleInfo* ours = find_rule(id);
    if (ours == nullptr || ours->slug != written(rule, "slug")) missed += id + " " + written(rule, "slug") + "\n";
  }
  std::printf("validation: %zu rules of the catalogue, %zu more are for later\n", all, later.size());
  CHECK(all > 80);
  CHECK(missed == "");
  for (const RuleInfo& rule : rules()) {
    INFO(std::string(rule.id));
    for (const std::string_view part : {rule.slug, rule.condition, rule.reason, rule.bad, rule.good}) CHECK(part != "");
    CHECK(std::any_of(rule.by_profile.begin(), rule.by_profile.end(), [](Severity s) { return s != Severity::off; }));
  }
}

TEST_CASE("the healthy trees have no finding at all") {
  if (!fs::exists(cases())) {
    WARN("skipped: no shared validation cases here");
    return;
  }
  std::string alarms;
  for (const fs::path& folder : folders_below(cases() + "/clean"))
    for (const Node& finding : findings_in(folder).items)
      alarms += folder.filename().string() + ": " + described(finding) + "\n";
  std::printf("validation: %zu healthy trees\n", folders_below(cases() + "/clean").size());
  CHECK(alarms == "");
}

}  // namespace cascade::corpora
