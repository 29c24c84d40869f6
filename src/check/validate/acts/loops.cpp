// What uses the machine or another host up: a text that starts itself again and again, or a loop without an end that
// sends or writes. Shell, batch, PowerShell and programs write them nearly alike, so lines are read without their
// blanks. A loop that waits, reads or may be left in any way is none of these.
#include <algorithm>
#include <iterator>

#include "text/ascii.h"
#include "text/lines.h"
#include "text/word_set.h"
#include "validate/acts/act.h"
#include "validate/reading/lists.h"

namespace cascade::validation {
namespace {

constexpr std::string_view starts_itself = "starts itself until the machine stands still";

struct Line {
  std::string_view text;  // without the blanks around it
  std::size_t at = 0, indent = 0;
  bool is_comment() const { return text.starts_with('#') || text.starts_with("//") || text.starts_with("::"); }
};

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (const letters::Line line : letters::lines(text))
    if (const std::string_view said = letters::trim(line); !said.empty())
      lines.push_back({said, static_cast<std::size_t>(line.data() - text.data()),
                       static_cast<std::size_t>(said.data() - line.data())});
  return lines;
}

// In small letters, without blanks and quotes.
std::string squeezed(std::string_view line) {
  std::string plain;
  for (const char c : line.substr(0, 400))
    if (!letters::is_space(c) && c != '"' && c != '\'') plain += letters::to_lower(c);
  return plain;
}

// :(){ :|:& };: A function that starts itself on both sides of a pipe, whatever its name; %0|%0 of a file.
bool doubles_itself(std::string_view line) {
  for (const std::string_view own : lists::own_names)
    for (const char between : {'|', '&'})
      if (has_part(line, {std::string(own) + between + std::string(own)})) return true;
  const std::size_t mark = line.find("(){");
  if (mark == std::string_view::npos) return false;
  const std::string_view before = line.substr(0, mark);
  const std::string name(before.substr(before.find_last_of("; \t") + 1));
  return !name.empty() && line.substr(mark + 3).starts_with(name + "|" + name + "&");
}

class Loops {
 public:
  Loops(std::string_view text, std::size_t begin) : text_(text), begin_(begin), lines_(lines_of(text)) {}

  std::vector<Act> run() {
    for (std::size_t i = 0; i < lines_.size() && acts_.empty(); ++i) {
      if (lines_[i].is_comment()) continue;
      const std::string line = squeezed(lines_[i].text);
      if (doubles_itself(line)) add(i, starts_itself);
      if (has_part(line, lists::endless_loops)) judge(i, body(i));
      if (line.size() > 1 && line[0] == ':' && letters::is_letter(line[1])) judge(i, until_goto(i, line.substr(1)));
    }
    return std::move(acts_);
  }

 private:
  static constexpr std::size_t longest = 40;  // lines of a loop

  // The lines of the loop: its own, and those that stand farther right.
  std::string body(std::size_t head) const {
    std::string all(lines_[head].text);
    for (std::size_t i = head + 1; i < std::min(lines_.size(), head + longest); ++i) {
      if (lines_[i].indent <= lines_[head].indent) break;
      if (!lines_[i].is_comment()) all += "\n" + std::string(lines_[i].text);
    }
    return all;
  }
  // From a label of a batch file to the jump back; empty: there is none.
  std::string until_goto(std::size_t head, const std::string& label) const {
    std::string all;
    for (std::size_t i = head + 1; i < std::min(lines_.size(), head + longest); ++i) {
      const std::string line = squeezed(lines_[i].text);
      if (line == "goto" + label || line == "goto:" + label) return all;
      all += "\n" + std::string(lines_[i].text);
    }
    return {};
  }

  // Calls that do not wait for an answer: "curl x &" of a shell, fetch() of JavaScript without "await".
  static bool sends_unwaited(const std::string& plain) {
    for (const std::string_view call : {"fetch(", "axios.", "http.get(", "https.get(", "http.request("})
      if (const std::size_t at = plain.find(call); at != std::string::npos)
        if (!has_part(std::string_view(plain).substr(0, at), {"await"})) return true;
    const std::size_t curl = plain.find("curl"), background = plain.find('&', curl);
    return curl != std::string::npos && background != std::string::npos && plain.substr(background, 5) == "&done";
  }

  void judge(std::size_t head, const std::string& loop) {
    const std::string plain = squeezed_whole(loop);
    std::string waiting = loop;  // without what waits for nothing
    const bool unwaited = sends_unwaited(plain);
    for (const std::string_view word : {"await null", "await undefined", "await 0", "await Promise.resolve", "wait;"})
      if (const std::size_t at = waiting.find(word); at != std::string::npos && (unwaited || word != "wait;"))
        waiting.erase(at, word.size());
    if (loop.empty() || has_phrase(waiting, lists::leaves_loop)) return;
    if (has_part(plain, {"fork()"}) ||
        (has_part(plain, lists::own_names) && has_part(plain, lists::starters_of_programs)))
      return add(head, starts_itself);
    if (has_part(plain, {"/dev/zero", "/dev/urandom"})) return add(head, "fills a disk without an end");
    if (!has_part(text_, lists::this_machine) && has_part(plain, lists::sends_in_loop) &&
        (unwaited || has_part(squeezed_whole(text_), lists::starts_many)))
      add(head, "floods a host without an end");
  }

  static std::string squeezed_whole(std::string_view text) {
    std::string all;
    for (const Line& line : lines_of(text)) all += squeezed(line.text) + '\n';
    return all;
  }

  void add(std::size_t line, std::string_view what) {
    acts_.push_back({Deed::destroys, begin_ + lines_[line].at, std::string(lines_[line].text), what, {}, {}});
  }

  std::string_view text_;
  std::size_t begin_;
  std::vector<Line> lines_;
  std::vector<Act> acts_;
};

}  // namespace

std::vector<Act> acts_of_loops(std::string_view text, std::size_t begin) { return Loops(text, begin).run(); }

}  // namespace cascade::validation
