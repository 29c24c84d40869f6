// What a push would bring is checked before it is sent (pre-push) or taken (pre-receive, update), by the same code.
#include <algorithm>
#include <sstream>

#include "cli/data_files.h"
#include "explain/explain_range.h"
#include "files/paths.h"
#include "files/tree.h"

namespace cascade::cli {
namespace {

struct PushedRef {
  std::string name, from, to;  // ids; `from` may be a revision, or empty: not known
};

bool is_nothing(const std::string& id) { return id.find_first_not_of('0') == std::string::npos; }

constexpr std::string_view branches = "refs/heads/";

// pre-push: "LOCAL_REF LOCAL_ID REMOTE_REF REMOTE_ID"; pre-receive: "OLD NEW REF"; update: arguments REF OLD NEW.
std::vector<PushedRef> pushed_refs(const std::string& hook, const std::vector<std::string>& arguments,
                                   const std::string& input) {
  std::vector<PushedRef> refs;
  if (hook == "update" && arguments.size() >= 3) refs.push_back({arguments[0], arguments[1], arguments[2]});
  std::istringstream lines(input);
  for (std::string line; hook != "update" && std::getline(lines, line);) {
    std::istringstream words(line);
    std::string a, b, c, d;
    words >> a >> b >> c >> d;
    if (hook == "pre-push" && !d.empty()) refs.push_back({c, d, b});
    if (hook == "pre-receive" && !c.empty()) refs.push_back({c, a, b});
  }
  refs.erase(std::remove_if(refs.begin(), refs.end(),
                            [](const PushedRef& ref) {
                              return is_nothing(ref.to) || ref.name.compare(0, branches.size(), branches) != 0;
                            }),
             refs.end());
  return refs;
}

// A new branch is compared with the remote's main one; where there is none, it is the first push, and nothing is.
std::string base_of_new(const comprehension::Repository& repository, const std::string& hook,
                        const std::vector<std::string>& arguments) {
  std::vector<std::string> candidates;
  if (hook == "pre-push" && !arguments.empty())
    for (const char* name : {"/HEAD", "/main", "/master"})
      candidates.push_back("refs/remotes/" + arguments.front() + name);
  else
    candidates = {"HEAD", "refs/heads/main", "refs/heads/master"};
  for (const std::string& candidate : candidates)
    if (repository.files(candidate, {"cascade.yaml"})) return candidate;
  return {};
}

bool speaks_of_it(const files::Tree& tree, const std::string& path) {
  const auto text = tree.read_if_there(path, 1 << 20);
  return !text || (*text && (*text)->find("explain") != std::string::npos);
}

// Where no configuration on this disk has the key, a push waits for nothing. A bare repository has none on disk.
bool may_be_asked_for(const Environment& environment, const std::string& hook, const std::string& directory) {
  if (hook != "pre-push") return true;
  const files::DiskTree disk;
  if (!environment.users_configuration.empty() && speaks_of_it(disk, environment.users_configuration)) return true;
  for (std::string folder = files::normalise(directory);; folder = files::parent(folder)) {
    if (speaks_of_it(disk, files::join(folder, "cascade.yaml"))) return true;
    if (files::parent(folder) == folder || folder == ".") return false;
  }
}

std::string first_findings(const comprehension::Report& report) {
  constexpr std::size_t most = 8;
  std::string text;
  std::size_t shown = 0, all = 0;
  for (const auto& finding : report.findings) {
    if (finding.weight != comprehension::Weight::refused) continue;
    if (++all > most) continue;
    ++shown;
    text += "\n  " + finding.path + ':' + std::to_string(finding.line) + ": " + finding.message;
  }
  if (all > shown) text += "\n  and " + std::to_string(all - shown) + " more";
  return text;
}

struct Judged {
  std::string refusal, warning;  // at most one of both is not empty
};

bool is_refused(const CheckedRange& checked) {
  return checked.settings.is_set && checked.settings.mode != policy::Mode::off && checked.report.is_refused();
}

// What a refused range leads to.
Judged press(const CheckedRange& refused, const std::string& branch) {
  const rendering::ExplainForce force = force_of(refused);
  const std::string what =
      branch + " is not explained as cascade.yaml asks" + first_findings(refused.report) +
      "\n  cascade explain new, then cascade explain check; in an emergency: " + "cascade explain new --waive REASON";
  if (force.fails) return {what, ""};
  return force.mode == to_string(policy::Mode::warn) ? Judged{"", what} : Judged{};
}

// A branch is explained if all of it is, from where it left the main branch, as a request is looked at; or if what this
// push adds to it is, as on a branch that lives beside the main one.
Result<Judged> judge_ref(const Environment& environment, const PushedRef& ref, const std::string& base,
                         const std::string& directory) {
  const comprehension::Repository repository(git_program(), directory);
  RangeQuestion question;
  question.directory = directory;
  question.to = ref.to;
  const bool knows_old = !is_nothing(ref.from) && repository.files(ref.from, {"cascade.yaml"});
  question.from = base.empty() && knows_old ? ref.from : base;
  if (question.from.empty()) return Judged{};
  const auto whole = check_range(environment, question);
  if (!whole) return whole.error();
  if (!is_refused(*whole)) return Judged{};
  const std::string branch = ref.name.substr(branches.size());
  if (!knows_old || base.empty()) return press(*whole, branch);
  question.from = ref.from;
  const auto added = check_range(environment, question);
  if (added && !is_refused(*added)) return Judged{};
  return press(*whole, branch);
}

}  // namespace

Result<std::optional<std::string>> judge_push(const Environment& environment, const std::string& hook,
                                              const std::vector<std::string>& arguments, const std::string& input,
                                              const std::string& directory, std::string& warnings) {
  using Refusal = std::optional<std::string>;
  if (!may_be_asked_for(environment, hook, directory)) return Refusal();
  const auto refs = pushed_refs(hook, arguments, input);
  if (refs.empty()) return Refusal();  // tags, or a branch that goes: git is not asked
  const std::string base = base_of_new(comprehension::Repository(git_program(), directory), hook, arguments);
  for (const PushedRef& ref : refs) {
    const auto judged = judge_ref(environment, ref, base, directory);
    if (!judged) return judged.error();
    if (!judged->refusal.empty()) return Refusal(judged->refusal);
    if (!judged->warning.empty()) warnings += (warnings.empty() ? "" : "\n") + judged->warning;
  }
  return Refusal();
}

}  // namespace cascade::cli
