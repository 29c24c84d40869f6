// Follows a text as the shell would (src/read/shell) and holds each program that would start, and each file that would
// be written, against the tables. A part that cannot be read is left out, and the rest is read on, so that one torn
// line hides nothing behind it.
#include <algorithm>

#include "shell/script.h"
#include "shell/trace.h"
#include "text/ascii.h"
#include "text/one_of.h"
#include "validate/acts/rows.h"
#include "validate/reading/shell.h"

namespace cascade::validation {
namespace {

using shell::Call;
using shell::Value;

// Nothing outside of the text is known.
struct Nowhere final : shell::Surroundings {
  bool is_directory(const std::string&) const override { return true; }
  std::optional<std::string> top_level(const std::string&) const override { return std::nullopt; }
  bool follows_elsewhere() const override { return true; }
  bool sees_printers() const override { return true; }
  std::optional<std::string> variable(std::string_view name) const override {
    return name == "HOME" ? std::optional<std::string>("~") : std::nullopt;
  }
};

std::string written_as(const Value& word) {
  return word.known ? word.text : word.sketch.empty() ? word.text : word.sketch;
}

// "*" stands for any characters, at the beginning and at the end as well.
bool fits(std::string_view pattern, std::string_view word) {
  const std::size_t star = pattern.find('*');
  if (star == std::string_view::npos) return letters::equals_lower(word, letters::to_lower(pattern));
  if (word.substr(0, star) != pattern.substr(0, star)) return false;
  const std::string_view rest = pattern.substr(star + 1);
  if (rest.empty()) return true;
  const std::string_view next = rest.substr(0, rest.find('*'));
  for (std::size_t at = word.find(next, star); at != std::string_view::npos; at = word.find(next, at + 1))
    if (fits(rest, word.substr(at))) return true;
  return false;
}

template <typename Visit>
bool any_part(std::string_view text, char between, const Visit& visit) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(between), text.size());
    if (visit(text.substr(0, end))) return true;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return false;
}

bool has_word(const std::vector<std::string>& words, std::string_view wanted) {
  return any_part(wanted, '|', [&](std::string_view one) {
    return std::any_of(words.begin(), words.end(), [&](const std::string& word) { return fits(one, word); });
  });
}

bool fits(const ProgramRow& row, const std::string& program, const std::vector<std::string>& words) {
  if (!any_part(row.program, '|', [&](std::string_view one) { return letters::equals_lower(program, one); }))
    return false;
  return !any_part(row.words, ' ', [&](std::string_view wanted) {
    const bool refused = wanted.front() == '~';
    return has_word(words, wanted.substr(refused ? 1 : 0)) == refused;
  });
}

class ShellActs {
 public:
  ShellActs(std::string_view text, std::size_t begin) : text_(text), begin_(begin) {}

  void follow(std::string_view part) {
    shell::trace(part, "/here", Nowhere(), [&](const Call& call) { see(call); });
  }
  // Programs that start others ("npx x") are read past; their own options say where a package comes from.
  void starters(std::string_view part) {
    for (const ShellCommand& command : parse_shell(part)) {
      const std::string program(command.program());
      if (!letters::is_one_of(program, {"npx", "bunx", "uvx", "pnpx"})) continue;
      std::vector<std::string> words;
      for (std::size_t i = command.first_argument(); i < command.words.size(); ++i)
        words.push_back(command.words[i].text);
      take(program, words, host_of(words));
    }
  }
  std::vector<Act> take() { return std::move(acts_); }

 private:
  void add(Deed deed, std::string_view near, std::string object, std::string_view what, std::string_view topics,
           std::string_view home = {}) {
    const std::size_t at = text_.find(near.substr(0, near.find("${")));
    acts_.push_back({deed, begin_ + (at == std::string_view::npos ? 0 : at), std::move(object), what, topics, home});
  }

  void see(const Call& call) {
    for (const Value& file : call.written) place(written_as(file), true);
    if (call.kind != Call::Kind::program || call.words.empty()) return;
    std::vector<std::string> words;
    for (std::size_t i = 1; i < call.words.size(); ++i) words.push_back(written_as(call.words[i]));
    const bool writes = letters::is_one_of_lower(call.program, {"tee", "cp", "mv", "ln", "install", "sed", "dd"});
    for (std::size_t i = 0; i < words.size(); ++i)
      place(words[i], writes && (call.program == "tee" || i + 1 == words.size()));
    take(call.program, words, host_of(words));
  }

  void take(const std::string& program, const std::vector<std::string>& words, const std::string& host) {
    for (const ProgramRow& row : program_rows()) {
      if (!fits(row, program, words)) continue;
      const bool reaches = row.deed == Deed::sends || row.deed == Deed::fetches;
      add(row.deed, row.deed == Deed::unpinned ? longest_of(words) : program, reaches ? host : program, row.what,
          row.topics);
    }
  }
  // Of several commands of one program the package shows which is meant.
  static std::string_view longest_of(const std::vector<std::string>& words) {
    std::string_view longest;
    for (const std::string& word : words)
      if (!word.starts_with('-') && word.size() > longest.size()) longest = word;
    return longest;
  }
  static std::string host_of(const std::vector<std::string>& words) {
    for (const std::string& word : words)
      if (std::string host = host_in(word); !host.empty()) return host;
    return {};
  }

  void place(const std::string& word, bool written) {
    if (const PlaceRow* row = place_in(word, written))
      add(row->deed, row->part, word, row->what, row->topics, row->home);
  }

  std::string_view text_;
  std::size_t begin_;
  std::vector<Act> acts_;
};

// "$ npm test" in a page shows a prompt.
std::string without_prompts(std::string_view text) {
  std::string plain(text);
  for (std::size_t at = 0; at != std::string::npos && at < plain.size(); at = plain.find('\n', at)) {
    if (plain[at] == '\n') ++at;
    while (at < plain.size() && letters::is_blank(plain[at])) ++at;
    if (at + 1 < plain.size() && (plain[at] == '$' || plain[at] == '%') && plain[at + 1] == ' ') plain[at] = ' ';
  }
  return plain;
}

}  // namespace

const PlaceRow* place_in(std::string_view text, bool written) noexcept {
  const PlaceRow* found = nullptr;
  for (const PlaceRow& row : place_rows()) {
    if (row.reads ? written : !written) continue;
    const std::size_t at = text.find(row.part);
    if (at == std::string_view::npos || (found != nullptr && found->part.size() >= row.part.size())) continue;
    const std::string_view behind = text.substr(at + row.part.size());
    const bool whole = behind.empty() || !letters::is_word(behind.front()) || row.part.back() == '_' ||
                       row.part.ends_with("credentials");
    const std::string_view rest = text.substr(at, text.find_first_of(" \t\n\r\"'`,;)", at) - at);
    if (whole && !rest.ends_with(".pub")) found = &row;  // the public half
  }
  return found;
}

std::vector<Act> acts_of_shell(std::string_view text, std::size_t begin) {
  constexpr int most_parts = 64;
  constexpr std::size_t longest = 65'536;
  const std::string plain = without_prompts(text.substr(0, longest));
  ShellActs acts(plain, begin);
  acts.starters(plain);
  std::string_view rest = plain;
  for (int part = 0; part < most_parts && !rest.empty(); ++part) {
    const shell::Reading reading = shell::read(rest);
    if (reading.complete) {
      acts.follow(rest);
      break;
    }
    const std::size_t fault = std::min(reading.fault_offset, rest.size());
    const std::size_t line = rest.rfind('\n', fault == 0 ? 0 : fault - 1);
    const std::size_t good = line == std::string_view::npos ? 0 : line + 1;
    if (good > 0) acts.follow(rest.substr(0, good));
    rest.remove_prefix(std::min(rest.find('\n', std::max(fault, good)), rest.size() - 1) + 1);
  }
  return acts.take();
}

}  // namespace cascade::validation
