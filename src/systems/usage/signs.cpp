// The text is read by lines: fences of code are shell unless they say otherwise; in running text only what stands
// between backticks counts as a command or a path. Wordings are taken from all of it.
#include "usage/signs.h"
#include "text/lines.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <optional>
#include <utility>

#include "client/transcript/formats.h"
#include "hash/content_hash.h"
#include "shell/trace.h"
#include "syntax/json.h"
#include "syntax/link_parts.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/word_set.h"
#include "text/words.h"
#include "usage/run_words.h"
#include "usage/words.h"

namespace cascade::usage {
namespace {

constexpr std::string_view shell_languages = "bash sh shell zsh console shell-session terminal";

// What a section and a call may write differently: quotes and marks around it, "./" before it, the slashes of Windows.
std::string tidy_path(std::string_view word) {
  constexpr std::string_view around = "\"'`()[]<>,;:.!?";
  while (!word.empty() && word.back() != '/' && around.find(word.back()) != std::string_view::npos)
    word.remove_suffix(1);
  while (!word.empty() && word[0] != '.' && around.find(word[0]) != std::string_view::npos) word.remove_prefix(1);
  while (word.substr(0, 2) == "./") word.remove_prefix(2);
  std::string path(word);
  std::ranges::replace(path, '\\', '/');
  return path;
}

bool is_path_character(char c) {
  return letters::is_letter_or_digit(c) || c == '/' || c == '.' || c == '-' || c == '_' || c == '@' || c == '~' ||
         c == '+';
}

bool has_known_ending(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  return dot != std::string_view::npos && dot + 1 < path.size() &&
         letters::is_one_of(path.substr(dot + 1), words::endings);
}

// "<name>", "$FILE", "path/to/x": a word that stands for another.
bool is_placeholder(std::string_view word) {
  constexpr std::string_view marks = "<>{}$*|", kinds[] = {"path/to", "example", "your-", "...", "YYYY", "NNN", "XXX"};
  if (word.find_first_of(marks) != std::string_view::npos) return true;
  for (const std::string_view kind : kinds)
    if (word.find(kind) != std::string_view::npos) return true;
  // FILE, BRANCH_NAME
  return word.size() > 1 && std::ranges::all_of(word, [](char c) { return letters::is_upper(c) || c == '_'; });
}

// "docs/adr/NNNN-title.md" stands for any file in docs/adr/.
std::string without_placeholder(std::string path) {
  if (!is_placeholder(path)) return path;
  const std::size_t slash = path.rfind('/');
  if (slash == std::string::npos) return {};
  path.erase(slash + 1);
  return is_placeholder(path) ? std::string() : path;
}

// Where a word stands: an argument "deployment/api" names no folder, unlike the same between backticks.
enum class Within : std::uint8_t { text, command };

void add_path(std::string_view word, Within within, std::vector<std::string>& paths) {
  std::string path = without_placeholder(tidy_path(word));
  if (path.size() < 4 || path.find("//") != std::string::npos || !std::ranges::all_of(path, is_path_character)) return;
  const std::size_t slash = path.find('/');
  const bool is_deep = slash != path.rfind('/') || slash == 0 || path[0] == '.' || path[0] == '~';
  const bool may_be_folder = slash != std::string::npos && (within == Within::text || is_deep || word[0] == '.');
  const bool is_folder = path.back() == '/' || (may_be_folder && !has_known_ending(path));
  if (!is_folder && !has_known_ending(path)) return;
  if (path[0] == '/' && path.find('/', 1) == std::string::npos) return;  // "/name": a command, or a route
  if (letters::is_one_of(path, words::everyday_paths) || letters::is_one_of(path + "/", words::everyday_paths)) return;
  paths.push_back(std::move(path));
}

template <typename See>
void each_blank_word(std::string_view text, const See& see) {
  std::size_t at = 0;
  while (at < text.size()) {
    while (at < text.size() && letters::is_space(text[at])) ++at;
    std::size_t end = at;
    while (end < text.size() && !letters::is_space(text[end])) ++end;
    if (end > at) see(text.substr(at, end - at));
    at = end;
  }
}

class SignReader {
 public:
  Signs take(std::string_view text) {
    for (const std::string_view one : letters::lines(text)) line(one);
    flush();
    return std::move(signs_);
  }

 private:
  void line(std::string_view line) {
    const std::string_view trimmed = letters::trim(line);
    const bool is_fence = trimmed.substr(0, 3) == "```" || trimmed.substr(0, 3) == "~~~";
    if (is_fence) {
      if (in_fence_) flush();
      in_fence_ = !in_fence_;
      const std::string language = letters::to_lower(trimmed.substr(std::min<std::size_t>(3, trimmed.size())));
      is_shell_ = language.empty() || letters::lists(shell_languages, language.substr(0, language.find(' ')));
      return;
    }
    if (!in_fence_) return spans(line);
    each_blank_word(line, [&](std::string_view word) { add_path(word, Within::command, signs_.paths); });
    if (is_shell_) code_ += std::string(trimmed.substr(0, 2) == "$ " ? trimmed.substr(2) : trimmed) + "\n";
  }

  // What stands between backticks in a line of running text.
  void spans(std::string_view line) {
    for (std::size_t at = line.find('`'); at != std::string_view::npos;) {
      const std::size_t end = line.find('`', at + 1);
      if (end == std::string_view::npos) break;
      span(line.substr(at + 1, end - at - 1));
      at = line.find('`', end + 1);
    }
    // Links to files, and names of MCP tools anywhere.
    for (auto link = syntax::next_link(line, 0); link; link = syntax::next_link(line, link->close))
      add_path(link->destination(line), Within::text, signs_.paths);
    each_blank_word(line, [&](std::string_view word) {
      if (const std::size_t at = word.find("mcp__"); at != std::string_view::npos) add_tool(tidy_path(word.substr(at)));
    });
  }

  void span(std::string_view code) {
    const bool is_one = code.find(' ') == std::string_view::npos;
    each_blank_word(
        code, [&](std::string_view word) { add_path(word, is_one ? Within::text : Within::command, signs_.paths); });
    if (is_one) return add_tool(std::string(code));
    if (letters::is_letter(code.empty() ? ' ' : code[0]) || code.substr(0, 2) == "./") {
      for (Run& run : runs_of(code))
        if (is_program_name(run.program)) signs_.runs.push_back(std::move(run));
    }
  }

  void add_tool(const std::string& name) {
    if (name.find('-') != std::string::npos && name.substr(0, 3) != "mcp") return;  // a name as any other
    if (std::string tool = transcript::telling_tool(name); !tool.empty()) signs_.tools.push_back(std::move(tool));
  }

  // Running text between backticks is rarely a command; a program's name has no capitals or marks.
  static bool is_program_name(std::string_view name) {
    return !name.empty() && std::ranges::all_of(name, [](char c) {
      return (letters::is_letter_or_digit(c) && !letters::is_upper(c)) || c == '-' || c == '_' || c == '.' || c == '+';
    });
  }

  void flush() {
    for (Run& run : runs_of(code_))
      if (is_program_name(run.program)) signs_.runs.push_back(std::move(run));
    code_.clear();
  }

  Signs signs_;
  std::string code_;
  bool in_fence_ = false, is_shell_ = false;
};

// A heading and nothing below it.
bool is_title(std::string_view section) {
  const std::string_view text = letters::trim(section);
  return text.substr(0, 1) == "#" && text.find('\n') == std::string_view::npos;
}

// What a line starts is read by the shell module. The rows of run_words.tsv say which programs have subcommands of two
// words, which only start another, and which are so common that running them says nothing about what was read before.
const ProgramRow* row_of(std::string_view name) {
  return letters::find_first(run_words::programs, &ProgramRow::name, name);
}

bool is_subcommand(std::string_view word) {
  return !word.empty() && letters::is_letter(word[0]) && word.find_first_of("./=*$<\"'") == std::string_view::npos &&
         std::ranges::all_of(word,
                             [](char c) { return letters::is_letter_or_digit(c) || c == '-' || c == ':' || c == '_'; });
}

// Drops "npx", "python -m" and the like from the front.
void drop_starters(std::vector<std::string>& words) {
  for (bool dropped = true; dropped && words.size() > 1;) {
    dropped = false;
    const bool two = words.size() > 2 && letters::is_one_of(words[0] + " " + words[1], run_words::starters);
    if (!two && !letters::is_one_of(words[0], run_words::starters)) continue;
    words.erase(words.begin(), words.begin() + (two ? 2 : 1));
    while (words.size() > 1 && words[0].substr(0, 1) == "-") words.erase(words.begin());
    dropped = true;
  }
}

Run run_of(std::vector<std::string> words) {
  drop_starters(words);
  Run run;
  const std::size_t slash = words[0].rfind('/');
  run.program = slash == std::string::npos ? words[0] : words[0].substr(slash + 1);
  const ProgramRow* row = row_of(run.program);
  if (words.size() > 1 && words[1].front() == '+') words.erase(words.begin() + 1);  // cargo +nightly test
  std::uint32_t left = row == nullptr ? 0 : row->depth;
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::string& word = words[i];
    if (word.substr(0, 1) == "-" && word.size() > 1) {
      run.words.push_back(word.substr(0, word.find('=')));
      if (row != nullptr && letters::lists(row->takes, word)) ++i;
      continue;
    }
    if (left > 0 && is_subcommand(word)) {
      run.subcommand += (run.subcommand.empty() ? "" : " ") + word;
      --left;
      if (left == 0 && letters::is_one_of(run.program + " " + run.subcommand, run_words::second_words)) left = 1;
      continue;
    }
    left = 0;
    if (word.size() > 2 && !is_placeholder(word)) run.words.push_back(word);
  }
  run.everyday = letters::lists(run_words::everyday_programs[0], run.program) ||
                 letters::is_one_of(run.program + " " + run.subcommand, run_words::everyday_subcommands);
  return run;
}

// The command that a program runs elsewhere or later: behind xargs and its options, behind "--" of kubectl exec, behind
// the container of docker exec. Empty: there is none.
std::vector<std::string> inner_words(const std::vector<std::string>& words) {
  const auto from = [&](std::size_t at) {
    return at < words.size() ? std::vector<std::string>(words.begin() + static_cast<std::ptrdiff_t>(at), words.end())
                             : std::vector<std::string>();
  };
  const auto behind_options = [&](std::size_t at, std::string_view takes) {
    for (; at < words.size() && words[at].substr(0, 1) == "-"; ++at)
      if (letters::lists(takes, words[at])) ++at;
    return at;
  };
  const std::string_view program = std::string_view(words[0]).substr(words[0].rfind('/') + 1);
  if (program == "xargs") return from(behind_options(1, "-n -I -P -L -d -a -s -E"));
  const auto exec = std::ranges::find(words, "exec");
  if (exec == words.end() || exec - words.begin() > 3) return {};
  const auto dashes = std::find(exec, words.end(), "--");
  if (letters::lists("kubectl oc", program) && dashes != words.end())
    return from(static_cast<std::size_t>(dashes - words.begin()) + 1);
  if (!letters::lists("docker podman docker-compose", program)) return {};
  return from(
      behind_options(static_cast<std::size_t>(exec - words.begin()) + 1, "-e --env -u --user -w --workdir --index") +
      1);
}

// The hash of a phrase is a polynomial in the hashes of its words, so the next one follows from it with two
// multiplications, however long the words are. A string of JSON is read as it is written: what an escape stands for,
// apart from \u, is no part of a word.
constexpr std::uint64_t base = 0x9e3779b97f4a7c15;

constexpr std::uint64_t power(std::uint64_t exponent) noexcept {
  std::uint64_t product = 1;
  for (; exponent > 0; --exponent) product *= base;
  return product;
}

// What a byte adds to the hash of its word, the same for both cases of a letter; 0: it belongs to no word.
constexpr std::array<std::uint64_t, 256> spread_bytes() noexcept {
  std::array<std::uint64_t, 256> spread{};
  for (std::size_t byte = 0; byte < spread.size(); ++byte) {
    const char c = static_cast<char>(static_cast<unsigned char>(byte));
    if (!letters::is_word_byte(c)) continue;
    std::uint64_t mixed = (static_cast<unsigned char>(letters::to_lower(c)) + std::uint64_t{1}) * base;  // SplitMix64
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111eb;
    spread[byte] = mixed ^ (mixed >> 31U);
  }
  return spread;
}
constexpr std::array<std::uint64_t, 256> spread_byte = spread_bytes();
constexpr std::uint64_t apostrophe = 0x5851f42d4c957f2d;

std::uint64_t spread(char c) noexcept { return spread_byte[static_cast<unsigned char>(c)]; }
constexpr std::uint64_t add_to(std::uint64_t word, std::uint64_t byte) noexcept {
  constexpr std::uint32_t turn = 9;
  return (word << turn | word >> (64 - turn)) ^ byte;
}

bool carries(std::string_view word) {
  return word.size() > 3 && !std::binary_search(std::begin(words::function_words), std::end(words::function_words),
                                                letters::to_lower(word));
}

// The last five words.
class Window {
 public:
  // The hash of the phrase that ends with this word. REQUIRES: is_full() afterwards, or it means nothing.
  std::uint64_t add(std::uint64_t word) noexcept {
    std::uint64_t& place = words_[count_ % phrase_length];
    sum_ = (sum_ - place * power(phrase_length - 1)) * base + word;
    place = word;
    ++count_;
    return sum_ ^ (sum_ >> 29U);
  }
  bool is_full() const noexcept { return count_ >= phrase_length; }
  std::uint32_t begin() const noexcept { return static_cast<std::uint32_t>(count_ - phrase_length); }

 private:
  std::array<std::uint64_t, phrase_length> words_{};
  std::uint64_t sum_ = 0;
  std::size_t count_ = 0;
};

// Calls `see` with the hash of each word. `escapes`: the text is the inside of a string of JSON; false: there is an
// escape that may stand for a letter, so nothing is known about what follows it.
template <typename See>
bool each_word(std::string_view text, bool escapes, const See& see) {
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at < end) {
    if (spread(*at) == 0) {
      if (escapes && *at == '\\') {
        if (at + 1 < end && at[1] == 'u') return false;
        ++at;  // what is escaped is no part of a word
      }
      ++at;
      continue;
    }
    std::uint64_t hash = 0;
    while (true) {
      for (std::uint64_t byte = 0; at < end && (byte = spread(*at)) != 0; ++at) hash = add_to(hash, byte);
      if (end - at < 2 || *at != '\'' || spread(at[1]) == 0) break;
      hash = add_to(hash, apostrophe);
      ++at;
    }
    see(hash);
  }
  return true;
}

bool find_in(std::string_view text, bool escapes, const PhraseSet& wanted, std::vector<Phrase>& found) {
  Window window;
  return each_word(text, escapes, [&](std::uint64_t word) {
    const std::uint64_t phrase = window.add(word);
    if (wanted.has(phrase) && window.is_full()) found.push_back({phrase, window.begin()});
  });
}

}  // namespace

std::vector<std::string> words_of(std::string_view text) {
  std::vector<std::string> words;
  letters::WordCursor cursor(text);
  while (cursor.next()) words.push_back(letters::to_lower(cursor.word()));
  return words;
}

Signs signs_of(std::string_view section) {
  Signs signs = SignReader().take(section);
  signs.is_title = is_title(section);
  signs.words = words_of(section);
  signs.identifiers = identifiers_of(section);
  add_phrases(section, signs.phrases);
  std::ranges::sort(signs.phrases,
                    [](const Phrase& a, const Phrase& b) { return a.hash != b.hash ? a.hash < b.hash : a.at < b.at; });
  letters::sort_once(signs.tools);
  letters::sort_once(signs.paths);
  return signs;
}

void add_wanted(const Signs& signs, std::vector<std::uint64_t>& hashes) {
  for (const Phrase& phrase : signs.phrases) hashes.push_back(phrase.hash);
  for (const std::string& name : signs.identifiers) hashes.push_back(hash_of_identifier(name));
}

// A folder is named by what is in it; a file by its last components.
bool names_path(const std::vector<std::string>& told, std::string_view touched) {
  const std::string path = "/" + tidy_path(touched);
  return std::ranges::any_of(told, [&](const std::string& one) {
    const std::string name = one[0] == '/' ? one : "/" + one;
    const std::size_t at = path.find(name);
    if (at == std::string::npos) return false;
    const std::size_t end = at + name.size();
    return one.back() == '/' || end == path.size() || path[end] == '/';
  });
}

std::vector<Run> runs_of(std::string_view line) {
  constexpr std::size_t most_runs = 100;
  std::vector<Run> runs;
  const shell::Surroundings nowhere;  // the line is read for its words alone
  shell::trace(line, "/", nowhere, [&](const shell::Call& call) {
    if (call.kind != shell::Call::Kind::program || call.program.empty() || runs.size() >= most_runs) return;
    std::vector<std::string> words;
    for (const shell::Value& word : call.words) words.push_back(word.known ? word.text : word.text + "$");
    if (words.empty()) return;
    if (std::vector<std::string> inner = inner_words(words); !inner.empty() && !inner[0].empty())
      runs.push_back(run_of(std::move(inner)));
    runs.push_back(run_of(std::move(words)));
    for (const shell::Value& file : call.written)
      if (file.known) runs.back().words.push_back(file.text);
  });
  return runs;
}

bool is_same(const Run& told, const Run& done) {
  if (told.program != done.program || told.subcommand != done.subcommand) return false;
  if (told.words.empty()) return !told.everyday;
  // The same program with another object is something else: `go test ./...` is not `go test -race`.
  return std::ranges::any_of(
      told.words, [&](const std::string& word) { return std::ranges::find(done.words, word) != done.words.end(); });
}

void add_phrases(std::string_view text, std::vector<Phrase>& phrases) {
  constexpr std::uint32_t least_carrying = 3;
  std::array<std::uint32_t, phrase_length> carried{};
  std::uint32_t carrying = 0;
  std::size_t count = 0;
  Window window;
  for (letters::WordCursor cursor(text); cursor.next(); ++count) {
    std::uint32_t& place = carried[count % phrase_length];
    carrying -= place;
    place = carries(cursor.word()) ? 1 : 0;
    carrying += place;
    each_word(cursor.word(), false, [&](std::uint64_t word) {
      const std::uint64_t phrase = window.add(word);
      if (window.is_full() && carrying >= least_carrying) phrases.push_back({phrase, window.begin()});
    });
  }
}

PhraseSet::PhraseSet(std::vector<std::uint64_t> hashes) : hashes_(std::move(hashes)) {
  constexpr std::uint64_t bits_of_each = 64;
  constexpr std::uint32_t least = 12, most = 24;
  letters::sort_once(hashes_);
  std::uint32_t bits = least;
  while (bits < most && (std::uint64_t{1} << bits) < hashes_.size() * bits_of_each) ++bits;
  shift_ = 64 - bits;
  marks_.resize((std::size_t{1} << bits) / 64);
  for (const std::uint64_t hash : hashes_) marks_[(hash >> shift_) / 64] |= std::uint64_t{1} << ((hash >> shift_) % 64);
}

bool PhraseSet::is_listed(std::uint64_t hash) const noexcept {
  return std::binary_search(hashes_.begin(), hashes_.end(), hash);
}

void find_phrases(std::string_view text, const PhraseSet& wanted, std::vector<Phrase>& found) {
  if (!wanted.empty()) find_in(text, false, wanted, found);
}

void find_phrases(const syntax::JsonSlice& string, const PhraseSet& wanted, std::vector<Phrase>& found) {
  if (wanted.empty()) return;
  const std::size_t before = found.size();
  if (find_in(string.unquoted(), true, wanted, found)) return;
  found.resize(before);
  find_in(string.text(), false, wanted, found);
}

// Names of code in a section and in what is written. A name is told from a word by its form, not by a list: an
// underscore, a hyphen or a second capital inside it. A plain word between backticks may be the name of a library;
// whether it is one is seen where it is used, since every language takes in a library with one of few words.
namespace {

constexpr std::size_t least_length = 5, least_capitals = 8, most_of_text = 400;

// By which languages take in a library.
constexpr std::string_view import_words = "import from require use using include extern library";

bool is_name_byte(char c) { return letters::is_letter_or_digit(c) || c == '_' || c == '-'; }

// Calls `see` with each run of letters, digits, underscores and inner hyphens.
template <typename See>
void each_name(std::string_view text, const See& see) {
  for (std::size_t at = 0; at < text.size();) {
    while (at < text.size() && (!is_name_byte(text[at]) || text[at] == '-')) ++at;
    std::size_t end = at;
    while (end < text.size() && is_name_byte(text[end])) ++end;
    std::string_view name = text.substr(at, end - at);
    while (!name.empty() && name.back() == '-') name.remove_suffix(1);
    if (!name.empty()) see(name);
    at = end;
  }
}

bool has_form_of_name(std::string_view name) {
  bool has_letter = false, has_mark = false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    has_letter = has_letter || letters::is_letter(name[i]);
    const bool is_inside = i > 0 && i + 1 < name.size();
    has_mark = has_mark || (is_inside && (name[i] == '_' || name[i] == '-')) ||
               (i > 0 && letters::is_upper(name[i]) && letters::is_lower(name[i - 1]));
  }
  const bool is_capitals = name.size() >= least_capitals && std::ranges::all_of(name, letters::is_upper);
  return has_letter && (has_mark || is_capitals) && !letters::is_one_of(name, words::everyday);
}

// gcr.io/distroless/static, github.com/spf13/cobra: a host and what is there, without a version behind it.
bool is_long_name_byte(char c) { return is_name_byte(c) || c == '.' || c == '/'; }
bool is_long_name(std::string_view name) {
  const std::size_t slash = name.find('/'), dot = name.find('.');
  return slash != std::string_view::npos && dot > 0 && dot < slash && name.find("//") == std::string_view::npos &&
         slash + 3 < name.size() && !is_placeholder(name);
}

// Calls `see` with each long name of a text, whole and without what follows its last hyphen.
template <typename See>
void each_long_name(std::string_view text, const See& see) {
  for (std::size_t slash = text.find('/'); slash != std::string_view::npos;) {
    std::size_t begin = slash, end = slash;
    while (begin > 0 && is_long_name_byte(text[begin - 1])) --begin;
    while (end < text.size() && is_long_name_byte(text[end])) ++end;
    std::string_view name = text.substr(begin, end - begin);
    while (!name.empty() && (name.back() == '.' || name.back() == '/')) name.remove_suffix(1);
    if (is_long_name(name)) {
      see(name);
      if (const std::size_t dash = name.rfind('-'); dash != std::string_view::npos && dash > name.rfind('/'))
        see(name.substr(0, dash));
    }
    slash = text.find('/', end);
  }
}

// A line of SQL that gives something a type: `created_at timestamptz NOT NULL`.
bool gives_type(std::string_view line) {
  const std::string lower = letters::to_lower(line);
  for (const std::string_view mark : {" not null", "alter table", "alter column", "add column", "create table",
                                      "primary key", "references ", "create type", "create domain"})
    if (lower.find(mark) != std::string::npos) return true;
  return false;
}

bool may_be_library(std::string_view name) {
  return std::ranges::all_of(name, letters::is_lower) && !letters::lists(import_words, name);
}

bool takes_in_library(std::string_view line) {
  bool takes = false;
  each_name(line, [&](std::string_view word) { takes = takes || letters::lists(import_words, word); });
  return takes;
}

}  // namespace

std::vector<std::string> identifiers_of(std::string_view section) {
  std::vector<std::string> names;
  bool in_fence = false;
  for (const std::string_view line : letters::lines(section)) {
    const std::string_view mark = letters::trim(line).substr(0, 3);
    if (mark == "```" || mark == "~~~") in_fence = !in_fence;
    if (in_fence) continue;
    for (std::size_t at = line.find('`'); at != std::string_view::npos;) {
      const std::size_t close = line.find('`', at + 1);
      if (close == std::string_view::npos) break;
      const std::string_view span = line.substr(at + 1, close - at - 1);
      each_name(span, [&](std::string_view name) {
        if (name.size() >= least_length && (has_form_of_name(name) || (name == span && may_be_library(name))))
          names.emplace_back(name);
      });
      each_long_name(span, [&](std::string_view name) { names.emplace_back(name); });
      at = line.find('`', close + 1);
    }
  }
  letters::sort_once(names);
  return names;
}

std::uint64_t hash_of_identifier(std::string_view name) { return hash::hash64(name); }

void find_identifiers(std::string_view text, const PhraseSet& wanted, std::vector<std::string>& found) {
  if (wanted.empty()) return;
  for (const std::string_view line : letters::lines(text)) {
    if (found.size() >= most_of_text) return;
    each_name(line, [&](std::string_view name) {
      if (name.size() >= least_length && wanted.has(hash_of_identifier(name)) &&
          (has_form_of_name(name) || takes_in_library(line) || gives_type(line)))
        found.emplace_back(name);
    });
    each_long_name(line, [&](std::string_view name) {
      if (wanted.has(hash_of_identifier(name))) found.emplace_back(name);
    });
  }
}

bool has_identifier(std::string_view text, std::string_view name) {
  for (std::size_t at = text.find(name); at != std::string_view::npos; at = text.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || !is_name_byte(text[at - 1])) && (end == text.size() || !is_name_byte(text[end]))) return true;
  }
  return false;
}

}  // namespace cascade::usage
