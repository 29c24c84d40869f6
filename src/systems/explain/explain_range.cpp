#include "explain/explain_range.h"

#include <sstream>

#include "client/transcript/formats.h"
#include "files/paths.h"
#include "files/tree.h"
#include "text/ascii.h"

namespace cascade::cli {

namespace {

using comprehension::Change, comprehension::Repository, comprehension::Settings, comprehension::TreeText;

constexpr std::uint64_t largest_explained = 1 << 20;

Result<std::string> text_at(const Repository& repository, const std::string& revision, const std::string& path) {
  if (revision.empty()) return std::string();
  const auto files = repository.files(revision, {path});
  if (!files) return files.error();
  return files->empty() ? std::string() : files->front().text;
}

// From the user's own file, from what the range starts from, and from where it ends: a change must not switch off what
// it is checked by.
Result<Settings> settings_for(const Environment& environment, const Repository& repository, const Change& change) {
  std::string users;
  if (!environment.users_configuration.empty()) {
    const auto text = files::DiskTree().read_if_there(environment.users_configuration, largest_explained);
    if (!text) return text.error();
    users = text->value_or("");
  }
  const auto before = text_at(repository, change.base, "cascade.yaml");
  const auto after = text_at(repository, change.head, "cascade.yaml");
  if (!before || !after) return before ? after.error() : before.error();
  const auto own = comprehension::settings_of_texts(users, *after);
  if (!own) return own;
  const auto base = comprehension::settings_of_texts("", *before);
  if (!base) return comprehension::settings_of_texts(users, *after);  // the range mends it
  return comprehension::tightened(*own, *base);
}

// Records of the work tree's folder. What a link leads out to is no part of the repository.
std::vector<TreeText> records_on_disk(const std::string& top) {
  std::vector<TreeText> records;
  const files::DiskTree disk;
  const auto folder = records_place(top);
  if (!folder) return records;
  const auto entries = disk.list(*folder);
  if (!entries) return records;
  for (const files::Entry& entry : *entries) {
    const std::string path = std::string(comprehension::records_folder) + entry.name;
    if (entry.type != files::EntryType::file || !comprehension::is_record_path(path)) continue;
    auto text = disk.read(files::join(*folder, entry.name), largest_explained);
    if (text) records.push_back({path, *std::move(text)});
  }
  return records;
}

bool binds_one(const Change& change, const TreeText& text) {
  const comprehension::Record record = comprehension::parse_record(text.text, text.path);
  return std::ranges::any_of(record.hunks, [&](const comprehension::BoundHunk& bound) {
    return std::ranges::any_of(change.hunks, [&](const comprehension::Hunk& hunk) { return hunk.id == bound.id; });
  });
}

// What is on disk replaces what is committed; what differs counts as part of the range.
void take_disk(Change& change, std::vector<TreeText>& records, bool only_live = false) {
  for (TreeText& found : records_on_disk(change.top)) {
    if (only_live && !binds_one(change, found)) continue;
    const auto known = std::ranges::find_if(records, [&](const TreeText& record) { return record.path == found.path; });
    if (known != records.end() && known->text == found.text) continue;
    if (change.find(found.path) == nullptr) {
      comprehension::ChangedFile& file = change.files.emplace_back();
      file.path = file.old_path = found.path;
      file.status = 'A';
    }
    if (known == records.end())
      records.push_back(std::move(found));
    else
      known->text = std::move(found.text);
  }
}

// The hunks that take back what commits did whose ids a message of the range names.
std::vector<std::string> reverted_hunks(const Repository& repository, const Change& change) {
  std::vector<std::string> ids;
  for (const comprehension::RangeCommit& commit : change.commits) {
    const std::string named = comprehension::reverted_by(commit);
    if (named.empty()) continue;
    const auto undone = repository.change_of_commit(named);
    if (!undone) continue;  // it is not here, so nothing is known to be taken back
    for (const comprehension::Hunk& hunk : undone->hunks) ids.push_back(hunk.inverse);
  }
  std::ranges::sort(ids);
  return ids;
}

// What a push would bring is checked before it is sent (pre-push) or taken (pre-receive, update), by the same code.
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
  std::erase_if(refs, [](const PushedRef& ref) { return is_nothing(ref.to) || !ref.name.starts_with(branches); });
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

std::string first_findings(const comprehension::Report& report) {
  constexpr std::size_t most = 8;
  std::string text;
  std::size_t all = 0;
  for (const auto& finding : report.findings) {
    if (finding.weight != comprehension::Weight::refused) continue;
    if (++all <= most) text += "\n  " + finding.path + ':' + std::to_string(finding.line) + ": " + finding.message;
  }
  if (all > most) text += "\n  and " + std::to_string(all - most) + " more";
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

// A log is read only if the folder's path stands in it, because a user has logs of many projects. Relative paths in a
// log that names the folder are taken from its top. Which tool wrote does not matter: lines that an agent only looked
// for are not among those that a change adds.
constexpr std::uint64_t most_log_bytes = 256 << 20, longest_log = 64 << 20;

struct AgentLog {
  const transcript::Format* format = nullptr;
  std::string path;
  std::int64_t modified = 0;
};

// The latest first.
std::vector<AgentLog> agent_logs_of(const Environment& environment, const files::Tree& tree) {
  std::vector<AgentLog> logs;
  for (const transcript::Format* format : transcript::formats()) {
    const std::string folder = log_folder(environment, *format);
    if (folder.empty()) continue;
    for (transcript::LogFile& file : format->list(tree, folder)) {
      const auto stamp = tree.stat(file.path);
      if (stamp) logs.push_back({format, std::move(file.path), stamp->modified_ns});
    }
  }
  std::ranges::sort(logs, [](const AgentLog& a, const AgentLog& b) {
    return a.modified != b.modified ? a.modified > b.modified : a.path < b.path;
  });
  return logs;
}

// The path from the repository's top; empty: it lies elsewhere.
std::string path_below(const std::string& top, const std::string& path) {
  const std::string whole = files::normalise(files::is_absolute(path) ? path : files::join(top, path));
  return files::is_within(top, whole) && whole.size() > top.size() ? whole.substr(top.size() + 1) : std::string();
}

void read_log(const transcript::Format& format, std::string_view text, const std::string& top,
              comprehension::AgentEdits& edits) {
  const transcript::See see = [&](const transcript::Happened& one) {
    if (one.kind != transcript::Happening::call) return;
    const transcript::CallFacts facts = transcript::facts_of(one.tool, one.value);
    for (const std::string& path : facts.paths)
      if (const std::string below = path_below(top, path); !below.empty())
        for (const std::string& written : facts.texts) edits.add(below, written);
  };
  static_cast<void>(transcript::read_lines(format, text, see));
}

// `top`: the work tree's folder; empty: none, so nothing is known. Reads the latest logs that name it, 256 MiB at most.
comprehension::AgentEdits edits_of_agents(const Environment& environment, const std::string& top) {
  comprehension::AgentEdits edits;
  if (top.empty()) return edits;
  const std::string folder = files::normalise(top);
  const files::DiskTree tree;
  std::uint64_t read = 0;
  for (const AgentLog& log : agent_logs_of(environment, tree)) {
    const auto text = tree.read(log.path, longest_log);
    if (!text) continue;
    read += text->size();
    if (text->find(folder) != std::string::npos) read_log(*log.format, *text, folder, edits);
    if (read > most_log_bytes) break;
  }
  return edits;
}

}  // namespace

Result<RangeQuestion> range_question(const std::string& range, const std::string& directory) {
  RangeQuestion question;
  question.directory = directory;
  const std::size_t dots = range.find("..");
  if (dots != std::string::npos) {
    question.from = range.substr(0, dots);
    const std::size_t begin = range.find_first_not_of('.', dots);
    if (begin != std::string::npos) question.to = range.substr(begin);
    return question;
  }
  question.from = range;
  if (!range.empty()) return question;
  question.from_disk = true;
  const Repository repository(git_program(), directory);
  for (const char* candidate : {"@{upstream}", "origin/HEAD", "origin/main", "origin/master", "main", "master"}) {
    const auto files = repository.files(candidate, {"cascade.yaml"});
    if (files) {
      question.from = candidate;
      return question;
    }
    if (files.error().code != ErrorCode::not_found) return files.error();
  }
  return Error{ErrorCode::misuse, "there is neither an upstream nor a main branch to compare with", directory,
               "name a range, as in: cascade explain check v1.2..HEAD"};
}

Result<std::string> records_place(const std::string& top) {
  const files::DiskTree disk;
  const std::string whole = files::normalise(top);
  const std::string folder = files::normalise(files::join(whole, std::string(comprehension::records_folder)));
  const auto root = disk.real_path(whole);
  if (!root) return root.error();
  for (std::string there = folder; files::is_within(whole, there); there = files::parent(there))
    if (const auto real = disk.real_path(there); real) {
      if (files::is_within(*root, *real)) return folder;
      return Error{ErrorCode::unsupported, "a link leads out of the repository", there,
                   "make .cascade/explanations a folder of the repository"};
    } else if (disk.link_target(there)) {
      return Error{ErrorCode::unsupported, "a link leads nowhere", there, "make it a folder of the repository"};
    }
  return folder;
}

Result<std::vector<TreeText>> records_here(const std::string& directory) {
  const Repository repository(git_program(), directory);
  auto nothing = repository.change("HEAD", "HEAD");
  if (!nothing) return nothing.error();
  auto records = repository.files(nothing->head, {std::string(comprehension::records_folder) + "*.md"});
  if (!records) return records;
  if (!nothing->top.empty()) take_disk(*nothing, *records);
  std::sort(records->begin(), records->end(), [](const TreeText& a, const TreeText& b) { return a.path < b.path; });
  return records;
}

Result<CheckedRange> check_range(const Environment& environment, const RangeQuestion& question) {
  const Repository repository(git_program(), question.directory);
  CheckedRange checked;
  auto change = repository.change(question.from, question.to);
  if (!change) return change.error();
  checked.change = *std::move(change);
  auto records = repository.files(checked.change.head, {std::string(comprehension::records_folder) + "*.md"});
  if (!records) return records.error();
  checked.records = *std::move(records);
  if (question.from_disk && !checked.change.top.empty()) take_disk(checked.change, checked.records, question.only_live);
  auto settings = settings_for(environment, repository, checked.change);
  if (!settings) return settings.error();
  checked.settings = settings->is_set ? *std::move(settings) : comprehension::asked_for_all();
  comprehension::Surroundings around;
  around.reverted = reverted_hunks(repository, checked.change);
  if (checked.settings.edited && !checked.settings.all) around.edits = edits_of_agents(environment, checked.change.top);
  if (question.make_show) {
    auto show = question.make_show(repository, checked.change, checked.records);
    if (!show) return show.error();
    around.show = *std::move(show);
  }
  checked.report = comprehension::check_change(checked.change, checked.records, checked.settings, around);
  return checked;
}

rendering::ExplainForce force_of(const CheckedRange& checked) {
  const policy::Mode mode = checked.settings.mode;
  return {std::string(to_string(mode)), checked.report.is_refused() && mode == policy::Mode::block};
}

Result<std::optional<std::string>> judge_push(const Environment& environment, const std::string& hook,
                                              const std::vector<std::string>& arguments, const std::string& input,
                                              const std::string& directory, std::string& warnings) {
  using Refusal = std::optional<std::string>;
  if (hook == "pre-push" &&
      !comprehension::may_be_asked_for(files::DiskTree(), environment.users_configuration, directory))
    return Refusal();
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
