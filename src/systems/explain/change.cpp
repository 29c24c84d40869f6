#include "explain/change.h"

#include <charconv>
#include <functional>
#include <utility>

#include "files/run_program.h"
#include "syntax/json.h"
#include "syntax/members.h"
#include "syntax/put.h"
#include "text/names.h"

namespace cascade::comprehension {
namespace {

using syntax::Node, syntax::NodeKind;
using Words = std::vector<std::pair<std::string_view, std::string>>;
using Lists = std::vector<std::pair<std::string_view, std::vector<std::string>>>;
using TakeLine = std::function<bool(const Node& line)>;

constexpr int most_milliseconds = 120'000;  // until the next line

std::uint32_t number_of(const Node& list, std::size_t at) {
  std::uint32_t value = 0;
  if (at >= list.items.size()) return 0;
  const std::string& text = list.items[at].text;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string item_of(const Node& list, std::size_t at) {
  return at < list.items.size() ? list.items[at].text : std::string();
}

Error refused(const Node& line, const std::string& directory) {
  const std::string error = syntax::text_of(line, "error"), message = syntax::text_of(line, "message");
  if (error == "none")
    return {ErrorCode::unreadable, "not in a git repository", directory, "cascade explain needs one"};
  if (error == "from" || error == "to" || error == "revision")
    return {ErrorCode::not_found, "there is no such revision here" + (message.empty() ? "" : ": " + message), directory,
            "name a range, as in main..HEAD; a shallow clone has only its newest commits: fetch with more depth"};
  if (error == "unrelated")
    return {ErrorCode::not_found, "the two ends of the range have no commit in common", directory,
            "a shallow clone has only its newest commits: fetch with more depth"};
  if (error == "large")
    return {ErrorCode::unreadable, "the range changes more than 500,000 files in one step, and is not read", directory,
            "look at what it adds: git ls-tree -r --name-only HEAD | head"};
  if (error == "owner")
    return {ErrorCode::unreadable, "the repository belongs to another user", directory,
            "see safe.directory in git's manual"};
  return {ErrorCode::unreadable, "the repository cannot be read: " + message, directory, ""};
}

// Asks one question and hands each line of the answer to `take`, which returns false if it makes no sense.
Result<void> ask(const std::string& program, const std::string& directory, std::string_view what, const Words& words,
                 const Lists& lists, const TakeLine& take) {
  if (program.empty())
    return Error{ErrorCode::unsupported, "cascade-git is not there", "", "install all of Cascade, with libgit2"};
  auto child = files::ChildProcess::start({program});
  if (!child) return child.error();
  syntax::JsonWriter json(syntax::JsonWriter::Style::compact);
  put(json.begin_object(), "ask", what, "directory", directory);
  for (const auto& [key, value] : words) put(json, key, value);
  for (const auto& [key, values] : lists) put(json, key, values);
  json.end_object();
  constexpr syntax::NodeLimits limits{std::size_t{4} << 20, 8, 400'000, 0};
  std::size_t lines = 0;
  for (auto line = child->ask(json.take(), most_milliseconds);; line = child->next(most_milliseconds)) {
    if (!line) return line.error();
    const syntax::Parsed parsed = syntax::parse_json(*line, limits);
    if (parsed.root.kind != NodeKind::map)
      return Error{ErrorCode::malformed, "cascade-git did not answer with JSON", program,
                   "install all of Cascade again"};
    if (parsed.root.find("error") != nullptr) return refused(parsed.root, directory);
    if (const Node* end = parsed.root.find("end")) {
      if (end->text == std::to_string(lines)) return {};
      return Error{ErrorCode::unreadable, "cascade-git's answer is torn", program, "ask again"};
    }
    if (!take(parsed.root))
      return Error{ErrorCode::malformed, "cascade-git answered with something else", program,
                   "install all of Cascade again"};
    ++lines;
  }
}

bool take_hunk(const Node& line, const Node& list, Change& change) {
  Hunk hunk;
  hunk.id = item_of(list, 0);
  hunk.inverse = item_of(list, 1);
  hunk.old_at = number_of(list, 2);
  hunk.old_lines = number_of(list, 3);
  hunk.new_at = number_of(list, 4);
  hunk.new_lines = number_of(list, 5);
  hunk.removed = syntax::texts_of(line, "old");
  hunk.added = syntax::texts_of(line, "new");
  if (change.files.empty()) return false;
  hunk.file = static_cast<std::uint32_t>(change.files.size() - 1);
  ++change.files.back().hunks;
  change.hunks.push_back(std::move(hunk));
  return true;
}

bool take_line(const Node& line, Change& change) {
  if (const Node* list = line.find("hunk")) return take_hunk(line, *list, change);
  if (const Node* list = line.find("file")) {
    ChangedFile& file = change.files.emplace_back();
    file.path = item_of(*list, 0);
    file.old_path = item_of(*list, 1);
    const std::string status = item_of(*list, 2);
    file.status = status.empty() ? 'M' : status[0];
    return true;
  }
  if (const Node* list = line.find("commit")) {
    RangeCommit& commit = change.commits.emplace_back();
    commit.id = item_of(*list, 0);
    commit.parents = number_of(*list, 1);
    commit.name = item_of(*list, 2);
    commit.mail = item_of(*list, 3);
    commit.message = item_of(*list, 4);
    commit.ai_note = item_of(*list, 5);
    commit.files = syntax::texts_of(line, "files");
    return true;
  }
  if (const Node* list = line.find("range")) {
    change.base = item_of(*list, 0);
    change.head = item_of(*list, 1);
    change.top = syntax::text_of(line, "top");
    return true;
  }
  return false;
}

Result<Change> change_told(const std::string& program, const std::string& directory, std::string_view what,
                           const Words& words) {
  Change change;
  const auto done = ask(program, directory, what, words, {}, [&](const Node& line) { return take_line(line, change); });
  if (!done) return done.error();
  return change;
}

}  // namespace

const ChangedFile* Change::find(const std::string& path) const noexcept {
  return letters::find_first(files, &ChangedFile::path, path);
}

Result<Change> Repository::change(const std::string& from, const std::string& to) const {
  return change_told(program_, directory_, "range", {{"from", from}, {"to", to}});
}

Result<Change> Repository::change_of_commit(const std::string& revision) const {
  return change_told(program_, directory_, "hunks_of", {{"revision", revision}});
}

Result<void> Repository::check_out(const std::string& revision, const std::string& folder) const {
  return ask(program_, directory_, "export", {{"revision", revision}, {"into", folder}}, {},
             [](const Node&) { return false; });
}

Result<std::vector<TreeText>> Repository::files(const std::string& revision,
                                                const std::vector<std::string>& patterns) const {
  std::vector<TreeText> all;
  const auto done =
      ask(program_, directory_, "tree", {{"revision", revision}}, {{"patterns", patterns}}, [&](const Node& line) {
        const Node* list = line.find("file");
        if (list == nullptr) return false;
        all.push_back({item_of(*list, 0), item_of(*list, 1)});
        return true;
      });
  if (!done) return done.error();
  return all;
}

}  // namespace cascade::comprehension
