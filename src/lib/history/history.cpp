#include "history/history.h"
#include "files/run_program.h"
#include "history/origins.h"
#include "syntax/json.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/words.h"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdio>

namespace cascade::metrics {
namespace {

using syntax::Node, syntax::NodeKind;

constexpr int most_milliseconds = 600'000;  // until the next line

Error malformed(std::string_view what) {
  return {ErrorCode::malformed, "cascade-git answered with " + std::string(what), {}, "install all of Cascade again"};
}

// No clock says such a time, and two of them can still be subtracted.
constexpr std::int64_t farthest_time = std::int64_t{1} << 60;

// Takes one number and the character behind it from the front of `text`. Null: there is none.
template <typename Number>
bool take_number(std::string_view& text, Number& into) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
  if (error != std::errc()) return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  if (!text.empty()) text.remove_prefix(1);
  return true;
}

std::uint64_t number_of_hex(std::string_view text) {
  std::uint64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, 16);
  return value;
}

struct FlagLetter {
  char letter;
  Flag flag;
};
constexpr FlagLetter flag_letters[] = {
    {'b', binary},
    {'l', pointer},
    {'s', module},
    {'y', link},
    {'x', lost},
    {'n', says_generated},
    {'w', same_text},
    {'G', attribute_generated},
    {'g', attribute_not_generated},
    {'V', attribute_vendored},
    {'v', attribute_not_vendored},
};

std::string_view take_word(std::string_view& text) {
  const std::string_view word = text.substr(0, text.find(' '));
  text.remove_prefix(std::min(word.size() + 1, text.size()));
  return word;
}

bool take_file(std::string_view text, History& history) {
  FileChange file;
  if (!take_number(text, file.path) || file.path >= history.paths.size()) return false;
  const std::string_view status = take_word(text);
  if (status.size() != 1) return false;
  file.status = status[0];
  for (std::uint32_t* number : {&file.before, &file.after, &file.added, &file.deleted, &file.moved})
    if (!take_number(text, *number)) return false;
  for (const char c : take_word(text))
    for (const FlagLetter& known : flag_letters)
      if (known.letter == c) file.flags |= known.flag;
  file.first_hunk = static_cast<std::uint32_t>(history.hunks.size());
  while (!text.empty()) {
    Hunk& hunk = history.hunks.emplace_back();
    for (std::uint32_t* number : {&hunk.old_at, &hunk.old_lines, &hunk.new_at, &hunk.new_lines})
      if (!take_number(text, *number)) return false;
    ++file.hunks;
  }
  Commit& commit = history.commits.back();
  if (commit.files == 0) commit.first_file = static_cast<std::uint32_t>(history.files.size());
  ++commit.files;
  commit.plain_added += file.added;
  commit.plain_deleted += file.deleted;
  history.files.push_back(file);
  return true;
}

bool take_commit(const Node& list, History& history) {
  if (list.items.size() < 5) return false;
  Commit commit;
  commit.id = list.items[0].text;
  std::string_view parents = list.items[1].text, numbers = list.items[2].text, patches = list.items[3].text;
  while (!parents.empty()) {
    if (!take_number(parents, commit.parents.emplace_back())) return false;
    if (commit.parents.back() >= history.commits.size()) return false;
  }
  if (!take_number(numbers, commit.time) || !take_number(numbers, commit.author_time) ||
      !take_number(numbers, commit.author) || !take_number(numbers, commit.committer) ||
      !take_number(numbers, commit.recorded_parents))
    return false;
  for (std::int64_t* time : {&commit.time, &commit.author_time})
    *time = std::clamp(*time, -farthest_time, farthest_time);
  commit.patch = number_of_hex(take_word(patches));
  commit.inverse = number_of_hex(patches);
  commit.subject = list.items[4].text;
  for (std::size_t i = 5; i < list.items.size(); ++i) commit.notes.push_back(list.items[i].text);
  history.commits.push_back(std::move(commit));
  return true;
}

// Belongs to the last commit.
bool take_lost(const Node& list, History& history) {
  for (std::size_t i = 0; i + 2 < list.items.size(); i += 3) {
    Commit& commit = history.commits.back();
    (list.items[i].text == "commit" ? commit.misses_parent : commit.misses_content) = true;
    history.lost.push_back({list.items[i].text, list.items[i + 1].text, list.items[i + 2].text,
                            static_cast<std::uint32_t>(history.commits.size() - 1)});
  }
  return true;
}

bool take_repository(const Node& object, const Node& list, History& history) {
  if (list.items.size() != 4) return false;
  history.branch = list.items[1].text;
  history.head = list.items[2].text;
  history.format = list.items[3].text;
  const auto number = [&](std::string_view key) {
    std::uint32_t value = 0;
    if (const Node* node = object.find(key)) {
      std::string_view text = node->text;
      take_number(text, value);
    }
    return value;
  };
  history.cut = number("cut");
  history.grafts = number("grafts");
  history.replaced = number("replaced");
  const Node* partial = object.find("partial");
  history.is_partial = partial != nullptr && partial->text == "true";
  return true;
}

// Lines that begin with the number of a path or commit.
bool take_pairs(std::string_view key, const Node& list, History& history) {
  for (const Node& item : list.items) {
    std::string_view rest = item.text;
    std::uint32_t first = 0;
    if (!take_number(rest, first)) return false;
    if (key == "tip") {
      std::uint32_t blob = 0;
      if (first >= history.paths.size() || !take_number(rest, blob)) return false;
      history.tip.emplace_back(first, blob);
      continue;
    }
    if (first >= history.commits.size()) return false;
    Commit& commit = history.commits[first];
    if (key == "patches")
      commit.whole_patch = number_of_hex(rest);
    else if (!take_number(rest, commit.plain_added) || !take_number(rest, commit.plain_deleted))
      return false;
  }
  return true;
}

bool take_list(std::string_view key, const Node& object, const Node& list, History& history) {
  if (key == "repository") return take_repository(object, list, history);
  if (key == "commit") return take_commit(list, history);
  if (key == "tip" || key == "patches" || key == "renamed") return take_pairs(key, list, history);
  if (key == "paths")
    for (const Node& item : list.items) history.paths.push_back(item.text);
  else if (key == "people")
    for (std::size_t i = 0; i + 1 < list.items.size(); i += 2)
      history.people.push_back({list.items[i].text, list.items[i + 1].text});
  else if (key == "tags")
    for (std::size_t i = 0; i + 2 < list.items.size(); i += 3) {
      std::string_view time = list.items[i + 2].text;
      Tag tag{list.items[i].text, list.items[i + 1].text, 0};
      take_number(time, tag.time);
      tag.time = std::clamp(tag.time, -farthest_time, farthest_time);
      history.tags.push_back(std::move(tag));
    }
  else if (history.commits.empty())
    return false;
  else if (key == "tip_lost")
    history.misses_tip = true;
  else if (key == "renames_unknown" && list.items.size() == 1) {
    std::string_view text = list.items[0].text;
    return take_number(text, history.renames_unknown);
  } else if (key == "lost")
    return take_lost(list, history);
  else if (key == "files")
    return std::ranges::all_of(list.items, [&](const Node& item) { return take_file(item.text, history); });
  else
    return false;
  return true;
}

constexpr Day last_day = 2'932'896;  // 9999-12-31

// Null: not exactly `digits` digits, or above `most`.
std::optional<int> number(std::string_view text, std::size_t digits, int most) {
  if (text.size() != digits || !std::ranges::all_of(text, letters::is_digit)) return std::nullopt;
  int value = 0;
  for (const char c : text) value = value * 10 + (c - '0');
  return value <= most ? std::optional(value) : std::nullopt;
}

// The number at the front of `text`, if `end` stands behind it; 0: there is none.
std::uint32_t request_number(std::string_view text, std::string_view end = "") {
  std::uint32_t number = 0;
  const auto [behind, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  text.remove_prefix(static_cast<std::size_t>(behind - text.data()));
  return error == std::errc() && text.starts_with(end) ? number : 0;
}

template <typename Words>
bool has_one_of(const std::string& text, const Words& words) {
  const auto has_whole = [&](std::string_view word) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      const std::size_t end = at + word.size();
      const bool begins = at == 0 || !letters::is_letter(text[at - 1]) || !letters::is_letter(word.front());
      if (begins && (end == text.size() || !letters::is_letter(text[end]))) return true;
    }
    return false;
  };
  return std::ranges::any_of(words, has_whole);
}

Error error_of(const std::string& error, const std::string& message) {
  if (error == "none") return {ErrorCode::not_found, "not in a git repository", {}, "name one: cascade metrics PATH"};
  if (error == "empty") return {ErrorCode::not_found, "the branch has no commit yet", {}, ""};
  if (error == "revision") return {ErrorCode::not_found, "there is no such branch or revision", {}, "see git branch"};
  if (error == "sha256")
    return {ErrorCode::unsupported,
            "libgit2 1.5 cannot read a repository with SHA-256 names",
            {},
            "its figures are not told; what git itself counts: git shortlog, git log --numstat"};
  if (error == "large")
    return {ErrorCode::unreadable,
            "commit " + message + " changes or lists more than 500,000 files, or all commits change too many",
            {},
            "such a history is not read; --branch names another one"};
  return {ErrorCode::unreadable,
          "the repository cannot be read: " + message,
          {},
          error == "owner" ? "it belongs to another user; see safe.directory in git's manual" : "see git fsck"};
}

}  // namespace

Result<void> HistoryReader::take(std::string_view line) {
  constexpr syntax::NodeLimits limits{std::size_t{8} << 20, 4, 200'000, 0};
  const syntax::Parsed parsed = syntax::parse_json(line, limits);
  const Node& object = parsed.root;
  if (object.kind != NodeKind::map || object.size() == 0) return malformed("something that is not JSON");
  const std::string& key = object.key(0).text;
  const Node& value = object.value(0);
  if (key == "error") return error_of(value.text, syntax::text_of(object, "message"));
  if (key == "end") {
    ended_ = value.text == std::to_string(lines_);
    if (!ended_) return malformed("fewer lines than it says");
    for (const Commit& commit : history_.commits)
      if (commit.author >= history_.people.size() || commit.committer >= history_.people.size())
        return malformed("a commit by nobody");
    return {};
  }
  ++lines_;
  if (value.kind != NodeKind::list || !take_list(key, object, value, history_))
    return malformed("a line that it should not write: " + key);
  return {};
}

Result<History> read_history(const std::string& git_program, const std::string& directory, const std::string& branch) {
  if (git_program.empty())
    return Error{ErrorCode::not_found, "cascade-git is not there", "", "install all of Cascade, with libgit2"};
  auto started = files::ChildProcess::start({git_program});
  if (!started) return started.error();
  syntax::JsonWriter question(syntax::JsonWriter::Style::compact);
  question.begin_object().key("ask").string("facts").key("directory").string(directory).key("branch").string(branch);
  question.end_object();
  HistoryReader reader;
  for (auto line = started->ask(question.take(), most_milliseconds);; line = started->next(most_milliseconds)) {
    if (!line) return line.error();
    if (const auto taken = reader.take(*line); !taken) {
      Error error = taken.error();
      error.path = directory;
      return error;
    }
    if (reader.at_end()) break;
  }
  History history = reader.finish();
  history.name = directory;
  return history;
}

std::optional<Day> day_of_date(std::string_view date) {
  if (date.size() != 10 || date[4] != '-' || date[7] != '-') return std::nullopt;
  const auto year = number(date.substr(0, 4), 4, 9'999), month = number(date.substr(5, 2), 2, 12);
  const auto day = number(date.substr(8), 2, 31);
  if (!year || !month || !day || *year < 1970) return std::nullopt;
  const std::chrono::year_month_day parts{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                          std::chrono::day(static_cast<unsigned>(*day))};
  if (!parts.ok()) return std::nullopt;
  return std::chrono::sys_days(parts).time_since_epoch().count();
}

std::string date_of(Day day) {
  const std::chrono::year_month_day parts{std::chrono::sys_days(std::chrono::days(day))};
  char text[48];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", static_cast<int>(parts.year()),
                static_cast<unsigned>(parts.month()), static_cast<unsigned>(parts.day()));
  return text;
}

std::optional<std::int64_t> time_of(std::string_view text) {
  const auto day = day_of_date(text.substr(0, 10));
  if (!day) return std::nullopt;
  const std::int64_t midnight = *day * day_seconds;
  if (text.size() == 10) return midnight;
  if (text.size() < 20 || (text[10] != 'T' && text[10] != ' ') || text[13] != ':' || text[16] != ':')
    return std::nullopt;
  const auto hour = number(text.substr(11, 2), 2, 23), minute = number(text.substr(14, 2), 2, 59);
  const auto second = number(text.substr(17, 2), 2, 60);
  if (!hour || !minute || !second || text.substr(19) != "Z") return std::nullopt;
  return midnight + *hour * 3'600 + *minute * 60 + *second;
}

std::optional<Day> day_of(std::int64_t time) {
  if (time < day_seconds || time / day_seconds > last_day) return std::nullopt;
  return static_cast<Day>(time / day_seconds);
}

bool says_revert(const Commit& commit) {
  return commit.subject.starts_with("Revert \"") || commit.subject.starts_with("revert: ") ||
         commit.subject.starts_with("revert(") || std::ranges::any_of(commit.notes, [](const std::string& note) {
           return note.starts_with("This reverts commit ");
         });
}

std::uint32_t request_of(const Commit& commit) {
  const std::string_view subject = letters::trim(commit.subject);
  constexpr std::string_view github = "Merge pull request #", bitbucket = "(pull request #", squash = "(#";
  if (subject.starts_with(github)) return request_number(subject.substr(github.size()));
  if (const std::size_t at = subject.rfind(bitbucket); at != std::string_view::npos)
    return request_number(subject.substr(at + bitbucket.size()), ")");
  if (const std::size_t at = subject.rfind(squash);
      at != std::string_view::npos && subject.find(')', at) + 1 == subject.size())
    return request_number(subject.substr(at + squash.size()), ")");
  for (const std::string_view note : commit.notes)
    if (const std::size_t at = note.rfind('!'); note.starts_with("See merge request ") && at != std::string_view::npos)
      return request_number(note.substr(at + 1));
  return 0;
}

std::vector<std::string> reviewers_of(const Commit& commit, const Person& author) {
  std::vector<std::string> reviewers;
  for (const std::string_view note : commit.notes)
    for (const std::string_view key : {"reviewed-by:", "approved-by:", "acked-by:"}) {
      if (!letters::starts_with_lower(note, key)) continue;
      const std::size_t open = note.find('<'), close = note.find('>');
      const bool has_mail = open != std::string_view::npos && close != std::string_view::npos && open < close;
      const std::string_view who = has_mail ? note.substr(open + 1, close - open - 1) : note.substr(key.size());
      std::string lower = letters::to_lower(letters::trim(who));
      if (!lower.empty() && lower != letters::to_lower(has_mail ? author.mail : author.name))
        reviewers.push_back(std::move(lower));
    }
  return reviewers;
}

constexpr letters::Names<Made::moved> made_names("authored", "generated", "vendored", "locked", "pointers",
                                                 "submodules", "copied", "reformatted", "moved");
std::string_view to_string(Made made) noexcept { return made_names.of(made); }

Made made_by_path(std::string_view path, Denied denied) {
  const std::string lower = letters::to_lower(path);
  const auto is_denied = [&](Made made) { return made == Made::vendored ? denied.vendored : denied.generated; };
  std::string_view rest = lower;
  Made found = Made::authored;
  for (std::size_t slash = rest.find('/'); slash != std::string_view::npos; slash = rest.find('/')) {
    for (const OriginRow& row : origins::folders)
      if (row.name == rest.substr(0, slash) && found == Made::authored && !is_denied(row.made)) found = row.made;
    rest.remove_prefix(slash + 1);
  }
  for (const OriginRow& row : origins::files)
    if (found == Made::authored && letters::matches_wildcard(row.name, rest) && !is_denied(row.made)) found = row.made;
  return found;
}

Made made_of(const FileChange& file, std::string_view path, Made by_path) {
  if ((file.flags & module) != 0) return Made::submodules;
  if ((file.flags & pointer) != 0) return Made::pointers;
  if ((file.flags & attribute_generated) != 0) return Made::generated;
  if ((file.flags & attribute_vendored) != 0) return Made::vendored;
  const Denied denied{(file.flags & attribute_not_generated) != 0, (file.flags & attribute_not_vendored) != 0};
  const Made made = denied.generated || denied.vendored ? made_by_path(path, denied) : by_path;
  const bool is_marked = (file.flags & says_generated) != 0 && !denied.generated;
  return made == Made::authored && is_marked ? Made::generated : made;
}

bool is_bot(const Person& person) {
  return has_one_of(letters::to_lower(person.name), origins::bots) ||
         has_one_of(letters::to_lower(person.mail), origins::bots);
}

bool speaks_of_formatting(std::string_view subject) {
  return has_one_of(letters::to_lower(subject), origins::formatting);
}

}  // namespace cascade::metrics
