#include "explain/explain_range.h"

#include <algorithm>

#include "cli/data_files.h"
#include "explain/assisted.h"
#include "explain/explain_edits.h"
#include "files/paths.h"
#include "files/tree.h"
#include "records/gate_records.h"
#include "session/ledger.h"
#include "syntax/json.h"
#include "syntax/members.h"
#include "text/ascii.h"

namespace cascade::cli {
namespace {

using comprehension::Change;
using comprehension::RanCommand;
using comprehension::Repository;
using comprehension::Settings;
using comprehension::TreeText;

constexpr std::uint64_t largest_explained = 1 << 20;
constexpr std::size_t most_sessions_read = 50;

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

// What sessions here saw of commands: a playbook's step keeps which test run passed or failed.
void add_seen(const Environment& environment, const std::string& top, std::vector<RanCommand>& ran) {
  if (environment.state.empty() || top.empty()) return;
  std::size_t read = 0;
  for (const auto& summary : session::list_sessions(environment.state)) {
    if (!files::is_within(files::normalise(top), summary.directory) || ++read > most_sessions_read) continue;
    const session::Ledger ledger(environment.state, summary.session_id);
    for (const session::Entry& entry : ledger.entries()) {
      if (entry.event != session::Event::step || entry.step.action != session::seen_action) continue;
      if (entry.step.label != "green" && entry.step.label != "red") continue;
      RanCommand command;
      command.words = comprehension::command_words(entry.step.text);
      command.exit_code = entry.step.label == "green" ? 0 : 1;
      command.source = "session " + summary.session_id;
      if (!command.words.empty()) ran.push_back(std::move(command));
    }
  }
}

// Lines of {"command":"npm test","exit":0}, as whatever ran them writes them.
Result<void> add_handed_over(const std::string& path, std::vector<RanCommand>& ran) {
  if (path.empty()) return {};
  const auto text = files::DiskTree().read(path, largest_explained);
  if (!text) return text.error();
  std::uint32_t line = 0;
  for (std::string_view rest = *text; !rest.empty();) {
    const std::string_view one = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(one.size() + 1, rest.size()));
    ++line;
    if (letters::trim(one).empty()) continue;
    const syntax::Parsed parsed = syntax::parse_json(one);
    const syntax::Node* exit = parsed.root.find("exit");
    RanCommand command;
    command.words = comprehension::command_words(syntax::text_of(parsed.root, "command"));
    command.source = path;
    if (command.words.empty() || exit == nullptr || exit->kind != syntax::NodeKind::number)
      return Error{ErrorCode::malformed, "not a command with its exit status", path + ":" + std::to_string(line),
                   "as {\"command\":\"npm test\",\"exit\":0}"};
    command.exit_code = std::atoi(exit->text.c_str());
    ran.push_back(std::move(command));
  }
  return {};
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

// What is on disk replaces what is committed; what differs counts as part of the range.
void take_disk(Change& change, std::vector<TreeText>& records) {
  for (TreeText& found : records_on_disk(change.top)) {
    const auto known =
        std::find_if(records.begin(), records.end(), [&](const TreeText& record) { return record.path == found.path; });
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
  std::sort(ids.begin(), ids.end());
  return ids;
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
  if (question.from_disk && !checked.change.top.empty()) take_disk(checked.change, checked.records);
  auto settings = settings_for(environment, repository, checked.change);
  if (!settings) return settings.error();
  checked.settings = settings->is_set ? *std::move(settings) : comprehension::asked_for_all();
  comprehension::Surroundings around;
  const std::string& head = checked.change.head;
  around.search = [&](const std::vector<std::string>& texts) {
    auto found = repository.search(head, texts, {".cascade/"});
    return found ? *std::move(found) : std::vector<comprehension::Sought>();
  };
  around.texts = [&](const std::vector<std::string>& paths) {
    auto found = repository.files(head, paths);
    return found ? *std::move(found) : std::vector<TreeText>();
  };
  around.reverted = reverted_hunks(repository, checked.change);
  if (checked.settings.edited && !checked.settings.all) around.edits = edits_of_agents(environment, checked.change.top);
  const bool has_records = std::any_of(checked.records.begin(), checked.records.end(), [&](const TreeText& record) {
    return checked.change.find(record.path) != nullptr;
  });
  if (has_records) {
    const auto ci = repository.files(head, comprehension::ci_patterns());
    if (!ci) return ci.error();
    around.ran = comprehension::ci_commands(*ci);
    add_seen(environment, checked.change.top, around.ran);
  }
  if (auto read = add_handed_over(question.ran, around.ran); !read) return read.error();
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

}  // namespace cascade::cli
