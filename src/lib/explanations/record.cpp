#include "explanations/record.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "files/paths.h"
#include "syntax/lines.h"
#include "text/ascii.h"
#include "text/hex.h"
#include "text/names.h"
#include "text/words.h"

namespace cascade::comprehension {
namespace {

constexpr std::string_view headings[part_count] = {"What it does", "How it fails", "Why not otherwise",
                                                   "What was verified"};
constexpr std::string_view answers_heading = "Answers", reviews_heading = "Reviews";
constexpr std::size_t id_digits = 16, most_faults = 50;
constexpr std::uint32_t least_of_a_part = 3;  // words
constexpr std::string_view left_to_do[] = {"TODO", "TBD", "FIXME"};

bool is_id(std::string_view text) { return text.size() == id_digits && letters::is_hex(text); }

std::string_view take_word(std::string_view& text) {
  text = letters::trim_left(text);
  const auto end = std::ranges::find_if(text, letters::is_space);
  const std::string_view word = text.substr(0, static_cast<std::size_t>(end - text.begin()));
  text.remove_prefix(word.size());
  return word;
}

bool take_number(std::string_view text, std::uint32_t& into) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), into);
  return error == std::errc() && end == text.data() + text.size();
}

// "+41,12" or "-38,4".
bool read_span(std::string_view word, char sign, std::uint32_t& at, std::uint32_t& lines) {
  const std::size_t comma = word.find(',');
  return word.size() > 3 && word.front() == sign && comma != std::string_view::npos &&
         take_number(word.substr(1, comma - 1), at) && take_number(word.substr(comma + 1), lines);
}

constexpr std::string_view escaped_bytes = "\n\r\t\"\\", escapes = "nrt\"\\";

// A path that would not end with its line stands in quotation marks, in which \n, \r, \t, \" and \\ are written out.
std::string written_path(const std::string& path) {
  const bool is_plain = path.find_first_of("\n\r\t") == std::string::npos && letters::trim(path) == path;
  if (is_plain && !path.starts_with('"')) return path;
  std::string text = "\"";
  for (const char c : path) {
    const std::size_t at = escaped_bytes.find(c);
    text += at == std::string_view::npos ? std::string(1, c) : std::string("\\") + escapes[at];
  }
  return text + '"';
}

std::string read_path(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::string(text);
  std::string path;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    const std::size_t at = text[i] == '\\' ? escapes.find(text[i + 1]) : std::string_view::npos;
    if (at != std::string_view::npos) ++i;
    path += at == std::string_view::npos ? text[i] : escaped_bytes[at];
  }
  return path;
}

// "ID +41,12 -38,4 PATH": the path comes last because it may hold blanks.
bool read_bound(std::string_view text, BoundHunk& hunk) {
  hunk.id = take_word(text);
  const std::string_view added = take_word(text), removed = take_word(text);
  hunk.path = read_path(letters::trim(text));
  return is_id(hunk.id) && read_span(added, '+', hunk.new_at, hunk.new_lines) &&
         read_span(removed, '-', hunk.old_at, hunk.old_lines) && !hunk.path.empty();
}

std::string write_bound(const BoundHunk& hunk) {
  return hunk.id + " +" + std::to_string(hunk.new_at) + ',' + std::to_string(hunk.new_lines) + " -" +
         std::to_string(hunk.old_at) + ',' + std::to_string(hunk.old_lines) + ' ' + written_path(hunk.path);
}

std::string_view without_quotes(std::string_view text) {
  if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
    return text.substr(1, text.size() - 2);
  return text;
}

void add_fault(Record& record, std::uint32_t line, std::uint32_t column, std::string message, std::string help) {
  if (record.faults.size() < most_faults) record.faults.push_back({line, column, std::move(message), std::move(help)});
}

void read_key(const std::string& key, std::string_view value, std::uint32_t line, Record& record) {
  if (key == "id") record.id = value;
  if (key == "by") record.by = value;
  if (key == "assisted") record.assisted = value;
  if (key == "waived") record.waived = value;
  if (key == "seconds" && !value.empty()) {
    std::uint32_t seconds = 0;
    if (take_number(value, seconds))
      record.seconds = seconds;
    else
      add_fault(record, line, 1, "seconds is not a whole number", "as in `seconds: 420`");
  }
  if (key == "explanation" && value != "1")
    add_fault(record, line, 1, "this record has another version than 1", "a newer cascade reads it");
  constexpr std::string_view known[] = {"explanation", "id",      "by",    "assisted",
                                        "waived",      "seconds", "hunks", "questions"};
  if (std::ranges::find(known, key) == std::end(known))
    add_fault(record, line, 1, "unknown key \"" + key + "\"",
              "known keys: explanation, id, by, assisted, seconds, hunks, questions, waived");
}

void read_item(const std::string& list, std::string_view text, std::uint32_t line, std::uint32_t column,
               Record& record) {
  if (list == "hunks") {
    BoundHunk hunk;
    hunk.line = line;
    if (read_bound(text, hunk))
      record.hunks.push_back(std::move(hunk));
    else
      add_fault(record, line, column, "not a hunk", "as in `- 3f2a9c0d1e4b5a67 +41,12 -38,4 src/upload.cpp`");
  } else if (list == "questions") {
    Question question;
    question.hunk = take_word(text);
    question.risk = letters::trim(text);
    question.line = line;
    if (is_id(question.hunk))
      record.questions.push_back(std::move(question));
    else
      add_fault(record, line, column, "not a question", "as in `- 3f2a9c0d1e4b5a67 lock`");
  } else {
    add_fault(record, line, column, "an item of no list", "hunks and questions have items");
  }
}

// Returns the line behind the closing dashes.
std::uint32_t read_front(const syntax::LineIndex& lines, std::uint32_t line, Record& record) {
  std::string list;
  for (; line <= lines.lines(); ++line) {
    const std::string_view whole = lines.line(line), text = letters::trim(whole);
    if (text == "---") return line + 1;
    if (text.empty() || text.front() == '#') continue;
    if (text.substr(0, 2) == "- ") {
      read_item(list, letters::trim(text.substr(2)), line, static_cast<std::uint32_t>(whole.find('-')) + 1, record);
      continue;
    }
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos) {
      add_fault(record, line, 1, "expected a key with its value", "as in `by: Ann Example <ann@example.org>`");
      continue;
    }
    list = text.substr(0, colon);
    read_key(list, without_quotes(letters::trim(text.substr(colon + 1))), line, record);
  }
  add_fault(record, 1, 1, "the front matter is not closed", "a line of three dashes ends it");
  return line;
}

Passage* part_titled(std::string_view title, std::uint32_t line, Record& record) {
  for (std::size_t i = 0; i < part_count; ++i)
    if (letters::equals_folded(headings[i], title)) {
      record.parts[i].line = line;
      return &record.parts[i];
    }
  return nullptr;
}

using Quoted = std::map<const Passage*, std::string>;  // lines that begin with >

// Without comments and quotations, which are not the author's words.
void add(Passage& passage, std::string_view text, bool& in_comment, Quoted& quoted) {
  std::string kept;
  while (!text.empty()) {
    const std::size_t mark = text.find(in_comment ? "-->" : "<!--");
    if (!in_comment) kept += text.substr(0, mark);
    if (mark == std::string_view::npos) break;
    text.remove_prefix(mark + (in_comment ? 3 : 4));
    in_comment = !in_comment;
  }
  (letters::trim_left(kept).starts_with('>') ? quoted[&passage] : passage.text) += kept + '\n';
}

// "- NAME (37 s): SENTENCE"
void read_review(std::string_view text, std::uint32_t line, Record& record) {
  if (text.substr(0, 2) != "- ") return;
  text.remove_prefix(2);
  Review review;
  review.line = line;
  const std::size_t colon = text.find("): "), open = text.rfind(" (", colon);
  if (colon == std::string_view::npos || open == std::string_view::npos)
    return add_fault(record, line, 1, "not a review",
                     "as in `- Bob Example (37 s): the lock is now held while it writes`");
  std::string_view seconds = text.substr(open + 2, colon - open - 2);
  take_number(take_word(seconds), review.seconds);
  review.by = text.substr(0, open);
  review.sentence = letters::trim(text.substr(colon + 3));
  record.reviews.push_back(std::move(review));
}

void read_body(const syntax::LineIndex& lines, std::uint32_t line, Record& record) {
  Passage* into = nullptr;
  Quoted quoted;
  bool in_answers = false, in_reviews = false, in_comment = false, in_fence = false;
  for (; line <= lines.lines(); ++line) {
    const std::string_view text = lines.line(line);
    if (letters::trim(text).substr(0, 3) == "```") in_fence = !in_fence;
    if (!in_fence && !in_comment && text.substr(0, 3) == "## ") {
      const std::string_view title = letters::trim(text.substr(3));
      in_answers = title == answers_heading;
      in_reviews = title == reviews_heading;
      into = part_titled(title, line, record);
      if (into == nullptr && !in_answers && !in_reviews)
        add_fault(record, line, 1, "unknown heading \"" + std::string(title.substr(0, 60)) + "\"",
                  "What it does, How it fails, Why not otherwise, What was verified, Answers, Reviews");
    } else if (in_answers && !in_fence && !in_comment && text.substr(0, 4) == "### ") {
      std::string_view title = text.substr(4);
      Answer& answer = record.answers.emplace_back();
      answer.hunk = take_word(title);
      answer.passage.line = line;
      into = &answer.passage;
    } else if (in_reviews) {
      read_review(text, line, record);
    } else if (into != nullptr) {
      add(*into, text, in_comment, quoted);
    }
  }
  // A part of such lines alone is no quotation: "> instead of >=".
  for (Passage& part : record.parts)
    if (count_words(part.text) == 0) part.text += quoted[&part];
}

void write_asked(std::string& out, const AskedHunk& asked) {
  const bool is_new = asked.hunk.new_lines > 0;
  out += "\n### " + asked.hunk.id + ' ' + written_path(asked.hunk.path) + ':' +
         std::to_string(is_new ? asked.hunk.new_at : asked.hunk.old_at) + ' ' + asked.risk + "\n\n";
  for (const std::string& line : asked.shown) out += "> `" + line + "`\n";
  out += ">\n> " + asked.question + "\n";
  out += ">\n> What fails without it: Without this hunk `COMMAND` fails with `TEXT`.\n\n" + asked.answer;
}

struct Person {
  std::string_view name, address;
};
Person person_in(std::string_view text) {
  text = letters::trim(text);
  const std::size_t open = text.rfind('<');
  if (open == std::string_view::npos || text.back() != '>') {
    const bool is_address = text.find('@') != std::string_view::npos && text.find(' ') == std::string_view::npos;
    return is_address ? Person{{}, text} : Person{text, {}};
  }
  return {letters::trim(text.substr(0, open)), letters::trim(text.substr(open + 1, text.size() - open - 2))};
}

// What stands there instead of what is still to be written. In backticks it is a name in the code.
std::string_view mark_left_in(std::string_view text) {
  bool in_code = false;
  std::size_t at = 0;
  for (letters::WordCursor cursor(text); cursor.next();) {
    for (; at < cursor.begin(); ++at)
      if (text[at] == '`') in_code = !in_code;
    for (const std::string_view mark : left_to_do)
      if (!in_code && cursor.word() == mark) return mark;
  }
  return {};
}

std::string one_line(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c == '\n' || c == '\r'; }, ' ');
  return text;
}

}  // namespace

bool is_record_path(std::string_view path) {
  constexpr std::string_view ending = ".md";
  return path.size() > records_folder.size() + ending.size() && path.starts_with(records_folder) &&
         path.ends_with(ending);
}

std::string record_path(std::string_view id) { return std::string(records_folder) + std::string(id) + ".md"; }

std::string_view heading_of(Part part) noexcept { return headings[static_cast<std::size_t>(part)]; }

std::uint32_t Record::words() const {
  std::uint32_t sum = 0;
  for (const Passage& passage : parts) sum += count_words(passage.text);
  for (const Answer& answer : answers) sum += count_words(answer.passage.text);
  return sum;
}

std::uint32_t count_words(std::string_view text) {
  std::uint32_t count = 0;
  for (letters::WordCursor cursor(text); cursor.next();) ++count;
  return count;
}

bool is_same_person(std::string_view a, std::string_view b) {
  const Person one = person_in(a), other = person_in(b);
  return (!one.name.empty() && letters::equals_folded(one.name, other.name)) ||
         (!one.address.empty() && letters::equals_folded(one.address, other.address));
}

std::optional<RecordFault> gap_in(const Record& record) {
  if (!record.waived.empty()) return RecordFault{1, 1, "it is waived", "explain it afterwards"};
  for (std::size_t i = 0; i < part_count; ++i) {
    const Passage& passage = record.parts[i];
    const std::string heading = "\"" + std::string(headings[i]) + "\"";
    if (count_words(passage.text) < least_of_a_part)
      return RecordFault{std::max(passage.line, 1U), 1, heading + " is left empty", "say it in your own words"};
    if (const std::string_view mark = mark_left_in(passage.text); !mark.empty())
      return RecordFault{std::max(passage.line, 1U), 1, heading + " still says " + std::string(mark), "write it"};
  }
  return std::nullopt;
}

Record parse_record(std::string_view text, std::string path) {
  Record record;
  record.id = files::stem(path);
  record.path = std::move(path);
  const syntax::LineIndex lines(text);
  std::uint32_t line = 1;
  if (letters::trim(lines.line(1)) == "---")
    line = read_front(lines, 2, record);
  else
    add_fault(record, 1, 1, "the record does not begin with ---", "cascade explain new writes one");
  read_body(lines, line, record);
  if (record.hunks.empty()) add_fault(record, 1, 1, "the record has no hunks", "cascade explain new writes them");
  if (record.by.empty()) add_fault(record, 1, 1, "the record does not say who wrote it", "as in `by: Ann Example`");
  return record;
}

std::string write_skeleton(const Skeleton& skeleton) {
  std::string out = "---\nexplanation: 1\nid: " + skeleton.id + "\nby: " + one_line(skeleton.by) +
                    "\nassisted: " + one_line(skeleton.assisted) + '\n';
  out += skeleton.waived.empty() ? "seconds:\n" : "waived: " + one_line(skeleton.waived) + '\n';
  out += "hunks:\n";
  for (const BoundHunk& hunk : skeleton.hunks) out += "  - " + write_bound(hunk) + '\n';
  if (!skeleton.waived.empty()) return out + "---\n";
  if (!skeleton.asked.empty()) out += "questions:\n";
  for (const AskedHunk& asked : skeleton.asked) out += "  - " + asked.hunk.id + ' ' + asked.risk + '\n';
  out += "---\n";
  for (std::size_t i = 0; i < part_count; ++i) out += "\n## " + std::string(headings[i]) + "\n\n" + skeleton.parts[i];
  out += "\n## Answers\n";
  for (const AskedHunk& asked : skeleton.asked) write_asked(out, asked);
  return out;
}

std::string extended(std::string_view text, const Skeleton& more, const std::vector<std::string>& gone) {
  const syntax::LineIndex lines(text);
  std::string out, list;
  bool in_front = true, has_answers = false;
  const auto add_to = [&](const std::string& ended) {
    if (ended == "hunks")
      for (const BoundHunk& hunk : more.hunks) out += "  - " + write_bound(hunk) + '\n';
    if (ended == "questions")
      for (const AskedHunk& asked : more.asked) out += "  - " + asked.hunk.id + ' ' + asked.risk + '\n';
  };
  bool had_questions = false;
  for (std::uint32_t line = 1; line <= lines.lines(); ++line) {
    const std::string_view whole = text.substr(lines.start(line), lines.start(line + 1) - lines.start(line));
    const std::string_view trimmed = letters::trim(whole);
    const bool closes = in_front && line > 1 && trimmed == "---", is_item = trimmed.substr(0, 2) == "- ";
    if (in_front && !list.empty() && !is_item && !trimmed.empty()) {
      add_to(list);
      list.clear();
    }
    if (closes && !had_questions && !more.asked.empty()) {
      out += "questions:\n";
      add_to("questions");
    }
    if (closes) in_front = false;
    if (in_front && (trimmed == "hunks:" || trimmed == "questions:")) {
      list = trimmed.substr(0, trimmed.size() - 1);
      had_questions |= list == "questions";
    }
    has_answers |= !in_front && trimmed == "## Answers";
    if (in_front && is_item &&
        std::ranges::any_of(gone, [&](const std::string& id) { return trimmed.substr(2, id_digits) == id; }))
      continue;
    out += whole;
  }
  if (!out.empty() && out.back() != '\n') out += '\n';
  if (!has_answers && !more.asked.empty()) out += "\n## Answers\n";
  for (const AskedHunk& asked : more.asked) write_asked(out, asked);
  return out;
}

std::string with_waiver(std::string_view text, const std::string& reason) {
  const syntax::LineIndex lines(text);
  const std::string waived = "waived: " + one_line(reason) + '\n';
  for (std::uint32_t line = 2; line <= lines.lines(); ++line) {
    const bool is_end = letters::trim(lines.line(line)) == "---";
    if (!is_end && !lines.line(line).starts_with("seconds:")) continue;
    const std::uint32_t begin = lines.start(line), end = is_end ? begin : lines.start(line + 1);
    return std::string(text.substr(0, begin)) + waived + std::string(text.substr(end));
  }
  return std::string(text);  // no front matter, which is a fault of its own
}

std::string with_review(std::string_view text, const Review& review) {
  std::string out(text);
  if (!out.empty() && out.back() != '\n') out += '\n';
  if (out.find("\n## Reviews\n") == std::string::npos) out += "\n## Reviews\n\n";
  return out + "- " + one_line(review.by) + " (" + std::to_string(review.seconds) +
         " s): " + one_line(review.sentence) + '\n';
}

}  // namespace cascade::comprehension
