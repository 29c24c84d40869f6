// What keeps an agent's mistake small.

#include "audit/audit.h"
#include "client/names.h"
#include "files/paths.h"
#include "secrets/find.h"
#include "text/ascii.h"

namespace cascade::audit::judges {
namespace {

constexpr std::size_t longest_searched = 256u << 10;

// The first known form of secret in what may not hold one.
std::optional<Value> secret_in(const std::string& path, const std::string& text) {
  for (const cascade::secrets::Secret& secret : cascade::secrets::find_certain(text)) {
    if (cascade::secrets::is_called_fake(text, secret) || cascade::secrets::is_public(text, secret) ||
        cascade::secrets::is_introduced_as_example(text, secret))
      continue;
    return Value{std::string(secret.what), {path, line_at(text, secret.begin)}};
  }
  return std::nullopt;
}

struct Searched {
  std::optional<Value> secret;
  std::size_t files = 0;  // that were searched
};

// Whether a word of the path is about tests or examples: "my-tests/", "testdata", "unittest", and no "latest".
bool is_for_show(std::string_view path) {
  for (const std::string_view word : {"test", "unittest", "conftest", "example"})
    for (std::size_t at = path.find(word); at != std::string_view::npos; at = path.find(word, at + 1))
      if (at == 0 || !letters::is_letter(path[at - 1])) return true;
  return false;
}

// Looks into the files that git tracks, but for tests, examples and what is too long.
Searched search_secrets(const Subject& subject) {
  const auto aside = subjects_of(subject.rows, any_ecosystem, "aside");
  std::set<std::string_view> tests;
  for (const Package& package : subject.packages) tests.insert(package.tests.begin(), package.tests.end());
  Searched searched;
  for (const std::string& path : subject.repository.files()) {
    if (subject.past && !std::binary_search(subject.past->tracked.begin(), subject.past->tracked.end(), path)) continue;
    const bool is_aside = std::ranges::any_of(
        aside, [&](const std::string& folder) { return ("/" + path).find("/" + folder + "/") != std::string::npos; });
    if (is_aside || tests.count(path) > 0 || is_for_show(path)) continue;
    const std::string& text = subject.repository.text(path);
    if (text.empty() || text.size() > longest_searched) continue;
    ++searched.files;
    searched.secret = secret_in(path, text);
    if (searched.secret) return searched;
  }
  return searched;
}

// The line of .gitignore that keeps files with secrets out, and that no later line takes back.
std::optional<Place> ignored_secrets(const Subject& subject) {
  const auto kept = subjects_of(subject.rows, any_ecosystem, "secret_file");
  for (const std::string& path : subject.repository.matching("", {".gitignore"}, true)) {
    std::optional<Place> found;
    std::string pattern, secret;
    for (letters::Line line : lines_of(subject.repository.text(path))) {
      line = letters::trim(line);
      if (line.empty() || line.front() == '#') continue;
      const bool takes_back = line.front() == '!';
      if (takes_back) line.remove_prefix(1);
      if (line.compare(0, 1, "/") == 0) line.remove_prefix(1);
      if (takes_back && (line == pattern || line == secret)) found.reset();
      if (takes_back || found || line == "*" || line.ends_with('/')) continue;  // a folder's pattern keeps no file out
      for (const std::string& file : kept) {
        std::string sample = file;
        std::ranges::replace(sample, '*', 'x');
        if (found || (line != file && !files::matches_glob(line, sample))) continue;
        found = Place{path, line.number};
        pattern = line;
        secret = file;
      }
    }
    if (found) return found;
  }
  return std::nullopt;
}

std::optional<Place> scanner(const Subject& subject) {
  if (const CiStep* step = step_for(subject, "scan"); step != nullptr) return step->place;
  for (const EcosystemRow* row : all_rows_of(subject.rows, "run")) {
    if (row->subject != "scan" || row->value.compare(0, 5, "uses:") == 0) continue;
    const std::string& text = subject.repository.text(".pre-commit-config.yaml");
    if (const std::uint32_t line = line_with(text, "id: " + std::string(row->value)); line > 0)
      return Place{".pre-commit-config.yaml", line};
  }
  return std::nullopt;
}

struct Guard {
  Place place;
  std::string what, why;  // why: it does not hold
};

Guard guard_at(const std::string& path, std::uint32_t line, std::string_view what, const Judged& judged) {
  const Started* missing = judged.missing();
  return {{path, line}, std::string(what), missing == nullptr ? "" : missing->why};
}

void add_hook_commands(const Subject& subject, const syntax::Node& node, const std::string& path,
                       std::vector<Guard>& guards) {
  for (const syntax::Node& item : node.items)
    if (item.kind != syntax::NodeKind::string) add_hook_commands(subject, item, path, guards);
  if (node.kind != syntax::NodeKind::map) return;
  const syntax::Node* command = node.find("command");
  if (command == nullptr || letters::trim(command->text).empty()) return;
  std::string line = command->text;
  const std::string project(client::variables::project_directory);
  for (const std::string& variable : {"\"$" + project + "\"/", "${" + project + "}/", "$" + project + "/"})
    for (std::size_t at = line.find(variable); at != std::string::npos; at = line.find(variable))
      line.replace(at, variable.size(), "./");
  const Judged judged = subject.commands.judge(line, "");
  if (judged.is_hollow()) return;
  guards.push_back(guard_at(path, command->at.line, "a hook of the client", judged));
}

void add_settings(const Subject& subject, std::vector<Guard>& guards) {
  for (const EcosystemRow* row : rows_of(subject.rows, any_ecosystem, "guards")) {
    const std::string path(row->subject);
    const syntax::Node* root = structure_of(subject.repository, path);
    if (!root) continue;
    const auto parts = parts_of(row->value);
    const syntax::Node* node = at_path(*root, parts[1]);
    if (node == nullptr || (node->items.empty() && node->text.empty())) continue;
    if (parts[0] == "deny") guards.push_back(guard_at(path, node->at.line, "limits what the client may do", {}));
    if (parts[0] == "hooks") add_hook_commands(subject, *node, path, guards);
  }
}

void add_git_hooks(const Subject& subject, std::vector<Guard>& guards) {
  for (const EcosystemRow* row : rows_of(subject.rows, any_ecosystem, "hooks")) {
    for (const std::string& path : subject.repository.matching("", {std::string(row->subject)})) {
      const std::string& text = subject.repository.text(path);
      if (row->value == "script") {
        const Judged judged = subject.commands.judge(text, "");
        if (judged.started.empty()) continue;
        guards.push_back(guard_at(path, 1, "a hook of git", judged));
        continue;
      }
      const std::string key(row->value.substr(4));
      for (letters::Line line : lines_of(text)) {
        line = letters::trim(line);
        if (line.compare(0, 2, "- ") == 0) line = letters::trim(line.substr(2));
        if (line.compare(0, key.size() + 1, key + ":") != 0 || letters::trim(line.substr(key.size() + 1)).empty())
          continue;
        const Judged judged = key == "run" ? subject.commands.judge(letters::trim(line.substr(4)), "") : Judged{};
        if (key == "run" && judged.is_hollow()) continue;
        guards.push_back(guard_at(path, line.number, "a hook of git", judged));
        break;
      }
    }
  }
}

bool is_here(const Subject& subject, const std::string& ecosystem) {
  for (const EcosystemRow* row : rows_of(subject.rows, any_ecosystem, "ecosystem"))
    if (row->subject == ecosystem) {
      if (row->value == any_ecosystem) return ecosystem != "github-actions" || !subject.ci.empty();
      return std::ranges::any_of(subject.packages,
                                 [&](const Package& package) { return package.ecosystem == row->value; });
    }
  return true;  // one that no row knows
}

struct Update {
  Place place;
  std::string ecosystem, folder;
};

std::vector<Update> updates_in(const Subject& subject) {
  std::vector<Update> found;
  for (const EcosystemRow* row : rows_of(subject.rows, any_ecosystem, "updates")) {
    const std::string path(row->subject);
    if (!subject.repository.has_file(path)) continue;
    const auto parts = parts_of(row->value);
    if (parts.front() == "whole") {
      if (says_something(subject.repository.text(path))) found.push_back({{path, 1}, {}, "/"});
      continue;
    }
    const syntax::Node* root = structure_of(subject.repository, path);
    const syntax::Node* list = root ? at_path(*root, parts[1]) : nullptr;
    for (std::size_t i = 0; list != nullptr && list->kind == syntax::NodeKind::list && i < list->items.size(); ++i) {
      const syntax::Node* ecosystem = list->items[i].find(parts[2]);
      const syntax::Node* folder = list->items[i].find(parts[3]);
      if (ecosystem != nullptr && !ecosystem->text.empty())
        found.push_back({{path, ecosystem->at.line}, ecosystem->text, folder == nullptr ? "/" : folder->text});
    }
  }
  return found;
}

}  // namespace

Level secrets(const Subject& subject, const Package&, Finding& finding) {
  const Searched searched = search_secrets(subject);
  if (searched.secret) {
    const Place& place = searched.secret->place;
    finding.at = place;
    finding.is_at_fault = true;
    return finding.lacking(Level::absent,
                           place.path + ":" + std::to_string(place.line) + " holds " + searched.secret->text);
  }
  const auto ignored = ignored_secrets(subject);
  const auto scans = scanner(subject);
  if (!ignored && !scans)
    return finding.lacking(Level::absent, "nothing keeps secrets out: neither .gitignore nor a scanner");
  if (ignored) finding.show(*ignored, "keeps files with secrets out");
  if (scans) finding.show(*scans, "looks for secrets");
  if (!ignored) return finding.lacking(Level::present, ".gitignore does not keep files such as .env out");
  if (scans) return Level::shown;
  finding.show({ignored->path, 0},
               "and " + std::to_string(searched.files) +
                   (searched.files == 1 ? " file that was searched holds" : " files that were searched hold") +
                   " no secret that is known by its form");
  return finding.lacking(Level::consistent, "no scanner runs in CI or before a commit");
}

Level guards(const Subject& subject, const Package&, Finding& finding) {
  std::vector<Guard> found;
  add_settings(subject, found);
  add_git_hooks(subject, found);
  if (found.empty()) return finding.lacking(Level::absent, "nothing stops a wrong command or commit before it is made");
  const auto broken = std::ranges::find_if(found, [](const Guard& guard) { return !guard.why.empty(); });
  const auto whole = std::ranges::find_if(found, [](const Guard& guard) { return guard.why.empty(); });
  if (whole == found.end())
    return finding.lacking(Level::absent, "the guard cannot run: " + broken->why, broken->place);
  finding.show(whole->place, whole->what);
  if (broken != found.end()) return finding.lacking(Level::present, broken->why, broken->place);
  for (const CiFile& file : subject.ci)
    for (const CiStep& step : file.steps)
      if (step.is_enforced &&
          (step.line.find("pre-commit") != std::string::npos || step.line.find("lefthook run") != std::string::npos))
        return finding.show(step.place, "CI runs the same hooks");
  return finding.lacking(Level::consistent, "CI does not run the same hooks, so a commit without them passes",
                         whole->place);
}

Level updates(const Subject& subject, const Package&, Finding& finding) {
  const auto found = updates_in(subject);
  const CiStep* audit = step_for(subject, "audit");
  if (found.empty() && audit == nullptr)
    return finding.lacking(Level::absent, "nothing reports or brings up to date dependencies with known faults");
  if (!found.empty())
    finding.show(found.front().place,
                 found.front().ecosystem.empty() ? "brings dependencies up to date" : found.front().ecosystem);
  if (audit != nullptr) finding.show(audit->place, audit->judged.find("audit")->words);
  for (const Update& update : found) {
    std::string folder = update.folder;
    while (!folder.empty() && folder.front() == '/') folder.erase(0, 1);
    const bool there = folder.empty() || folder.find('*') != std::string::npos || subject.repository.has_folder(folder);
    if (there && is_here(subject, update.ecosystem)) continue;
    finding.at = update.place;
    finding.lacks = there ? "nothing here is of the ecosystem " + update.ecosystem : "there is no folder " + folder;
    if (found.size() == 1 && audit == nullptr) {
      finding.evidence.clear();
      return Level::absent;
    }
    return Level::present;
  }
  if (subject.past)
    for (const PastCommit& commit : subject.past->commits)
      if (commit.is_bot) return finding.show_commit(commit.id, "a bot's: " + commit.subject.substr(0, 80));
  return finding.lacking(Level::consistent, "no commit of a bot shows that it works");
}

}  // namespace cascade::audit::judges
