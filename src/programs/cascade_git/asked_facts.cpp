// One call of git for each kind of fact, in the place that the question names. git itself looks for the repository, so
// whatever it opens is known here: names of another hash, references in tables, extensions of its newer versions. This
// costs some processes, which is why libgit2 is asked first.
#include "cascade_git/asked_facts.h"

#include <string>
#include <vector>

#include "cascade_git/git_program.h"
#include "syntax/members.h"
#include "text/ascii.h"

namespace cascade::git {
namespace {

using syntax::JsonWriter;
using syntax::Node;
using syntax::text_of;

std::vector<std::string> pieces(std::string_view text, char end) {
  std::vector<std::string> all;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t stop = std::min(text.find(end, at), text.size());
    all.emplace_back(text.substr(at, stop - at));
    at = stop + 1;
  }
  return all;
}

// The lines that git prints; none: it failed.
std::vector<std::string> lines_of(const GitPlace& place, std::vector<std::string> words) {
  const GitAnswer answer = run_git(place, std::move(words));
  return answer.exit == 0 ? pieces(answer.output, '\n') : std::vector<std::string>();
}

std::string line_of(const GitPlace& place, std::vector<std::string> words) {
  std::vector<std::string> lines = lines_of(place, std::move(words));
  return lines.empty() ? std::string() : std::move(lines.front());
}

std::string branch_named(const std::string& ref) {
  constexpr std::string_view heads = "refs/heads/";
  return ref.starts_with(heads) ? ref.substr(heads.size()) : std::string();
}

// What the line's own environment sets is of the command scope, and no setting of the repository.
void write_configuration(JsonWriter& json, const GitPlace& place) {
  json.key("config").begin_array();
  const std::vector<std::string> all = pieces(run_git(place, {"config", "--list", "-z", "--show-scope"}).output, '\0');
  for (std::size_t i = 0; i + 1 < all.size(); i += 2) {
    const std::size_t end = std::min(all[i + 1].find('\n'), all[i + 1].size());
    const std::string key = all[i + 1].substr(0, end);
    if (all[i] == "command" || !is_told(key)) continue;
    json.begin_array().string(key).string(end < all[i + 1].size() ? all[i + 1].substr(end + 1) : "").end_array();
  }
  json.end_array();
}

bool write_repository(JsonWriter& json, const GitPlace& place) {
  const std::vector<std::string> folders =
      lines_of(place, {"rev-parse", "--path-format=absolute", "--git-dir", "--git-common-dir"});
  if (folders.size() != 2) return false;
  json.key("git_dir").string(folders[0]).key("common_dir").string(folders[1]);
  json.key("work_tree").string(line_of(place, {"rev-parse", "--show-toplevel"}));
  json.key("branch").string(branch_named(line_of(place, {"symbolic-ref", "--quiet", "HEAD"})));
  json.key("branches").begin_array();
  for (const std::string& name :
       lines_of(place, {"for-each-ref", "--count=20000", "--format=%(refname:strip=2)", "refs/heads"}))
    json.string(name);
  json.end_array();
  write_configuration(json, place);
  return true;
}

// A submodule's folder is absolute, since the guard compares it.
bool write_submodules(JsonWriter& json, const GitPlace& place) {
  const std::string top = line_of(place, {"rev-parse", "--show-toplevel"});
  json.key("submodules").begin_array();
  for (const std::string& entry :
       lines_of(place, {"config", "--file", top + "/.gitmodules", "--get-regexp", "^submodule\\..*\\.path$"}))
    if (const std::size_t blank = entry.find(' '); blank != std::string::npos)
      json.string(top + "/" + entry.substr(blank + 1));
  json.end_array();
  return true;
}

// In a history without commits every author counts as known.
bool write_author(JsonWriter& json, const GitPlace& place, const std::string& email) {
  bool known = run_git(place, {"rev-parse", "--verify", "--quiet", "HEAD"}).exit != 0;
  if (!known)
    for (const std::string& line : lines_of(place, {"log", "-5000", "--format=%ae%n%ce", "HEAD"}))
      known = known || letters::to_lower(line) == letters::to_lower(email);
  json.key("known").boolean(known);
  return true;
}

}  // namespace

bool is_told(std::string_view key) {
  for (const std::string_view prefix : {"remote.", "url.", "branch.", "alias.", "user.", "author.", "push."})
    if (key.starts_with(prefix)) return true;
  return key == "core.hookspath";
}

bool write_asked(JsonWriter& json, const Node& question) {
  const GitPlace place{text_of(question, "directory"), text_of(question, "git_dir"), text_of(question, "work_tree")};
  const std::string ask = text_of(question, "ask");
  if (ask == "repository") return write_repository(json, place);
  if (run_git(place, {"rev-parse", "--git-dir"}).exit != 0) return false;
  if (ask == "submodules") return write_submodules(json, place);
  if (ask == "author") return write_author(json, place, text_of(question, "email"));
  if (ask == "descends") {
    const GitAnswer answer =
        run_git(place, {"merge-base", "--is-ancestor", text_of(question, "from"), text_of(question, "to")});
    json.key("known").boolean(answer.exit == 0);
    return true;
  }
  if (ask != "previous") return false;
  json.key("branch").string(branch_named(line_of(place, {"rev-parse", "--symbolic-full-name", "@{-1}"})));
  return true;
}

}  // namespace cascade::git
