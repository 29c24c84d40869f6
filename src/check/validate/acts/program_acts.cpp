// Reads a program in one pass as strings, names and brackets, which nearly all languages write alike. A name before a
// bracket is a call; the strings of a line, joined by "/", are a path; a string that holds a command line is followed
// as the shell would. What is only described is passed over. Values are not followed: a file that holds a secret's path
// and a call that sends is told as both, and the rule decides.
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <utility>

#include "text/ascii.h"
#include "text/lines.h"
#include "text/word_set.h"
#include "validate/acts/act.h"
#include "validate/reading/lists.h"
#include "validate/reading/shell.h"

namespace cascade::validation {
namespace {

// The name before a call's bracket, without what it belongs to.
bool is_part(std::string_view whole, std::string_view name) {
  for (std::size_t at = whole.find(name); at != std::string_view::npos; at = whole.find(name, at + 1)) {
    const std::size_t end = at + name.size();
    if ((at == 0 || !letters::is_word(whole[at - 1])) && (end == whole.size() || !letters::is_word(whole[end])))
      return true;
  }
  return false;
}

// Whether the first word of some command in it is a program of the tables. Sentences seldom are.
bool begins_with_program(std::string_view line) {
  bool begins = true;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find_first_of(" \t\n|;&", at), line.size());
    const std::string_view word = line.substr(at, end - at);
    if (begins && !word.empty() && is_program_of_acts(word)) return true;
    if (!word.empty()) begins = letters::is_one_of(word, {"sudo", "echo", "env", "nohup"});
    if (end < line.size() && line[end] != ' ' && line[end] != '\t') begins = true;
    at = end + 1;
  }
  return false;
}

// What base64 hides, if that is a secret's path, an address, or one written backwards; else empty.
std::string decoded(std::string_view text) {
  constexpr std::size_t shortest = 12, longest = 4096;
  if (text.size() < shortest || text.size() > longest || text.size() % 4 != 0) return {};
  text = text.substr(0, text.find('='));
  if (!std::ranges::all_of(text, is_base64)) return {};
  std::string plain = decode_base64(text);
  const PlaceRow* place = place_in(plain, false);
  const bool hides = (place != nullptr && place->deed == Deed::secret) || has_part(plain, {"://", "//:"});
  return hides ? plain : std::string();
}

std::string_view ending(std::string_view path) {
  const std::size_t dot = path.rfind('.');
  return dot == std::string_view::npos ? std::string_view() : path.substr(dot);
}

// What stands between the bracket and its partner, 1,000 bytes at most.
std::string_view arguments_at(std::string_view text, std::size_t open) {
  constexpr std::size_t most = 1000;
  int depth = 0;
  std::size_t at = open;
  for (; at < text.size() && at - open < most; ++at) {
    depth += text[at] == '(' ? 1 : text[at] == ')' ? -1 : 0;
    if (depth == 0) break;
  }
  return text.substr(open + 1, at - open);  // with the closing bracket
}

bool is_called(const CallRow& row, std::string_view whole) {
  return any_of_list(row.name, '|', [&](std::string_view name) {
    if (!whole.ends_with(name)) return false;
    const char before = whole.size() == name.size() ? '.' : whole[whole.size() - name.size() - 1];
    const bool is_own = row.deed != Deed::evaluates || whole.size() == name.size();  // pattern.exec(text)
    return (before == '.' || before == ':') && is_own;
  });
}

// f("http...") as what is evaluated.
bool is_download(std::string_view arguments) {
  const std::size_t open = arguments.find('('), address = arguments.find("://");
  return address != std::string_view::npos && open != 0 && open < address && address - open < 16 &&
         std::all_of(arguments.begin(), arguments.begin() + static_cast<std::ptrdiff_t>(open),
                     [](char c) { return letters::is_word(c) || c == '.' || c == ':'; });
}

// f(a, b): b, without a name of its own ("timeout=3").
bool has_second(std::string_view arguments) {
  int depth = 0;
  for (std::size_t at = 0; at < arguments.size() && depth >= 0; ++at) {
    depth += std::string_view("([{").find(arguments[at]) != std::string_view::npos   ? 1
             : std::string_view(")]}").find(arguments[at]) != std::string_view::npos ? -1
                                                                                     : 0;
    if (depth != 0 || arguments[at] != ',') continue;
    const std::string_view second = letters::trim_left(arguments.substr(at + 1));
    return second.size() > 1 && second.substr(0, second.find_first_of(",()")).find('=') == std::string_view::npos;
  }
  return false;
}

bool fits_argument(const CallRow& row, std::string_view arguments) {
  if (row.argument == "@2") return has_second(arguments);
  return row.argument.starts_with('^') ? letters::trim(arguments).starts_with(row.argument.substr(1))
                                       : arguments.find(row.argument) != std::string_view::npos;
}

// A call that decodes, among a call's arguments.
bool decodes_within(std::string_view arguments) {
  return std::ranges::any_of(call_rows(), [&](const CallRow& row) {
    return row.deed == Deed::decodes && any_of_list(row.name, '|', [&](std::string_view name) {
             const std::size_t at = arguments.find(name);
             return at != std::string_view::npos && is_part(arguments, name) &&
                    arguments.find(row.argument, at) != std::string_view::npos;
           });
  });
}

// f("letters"): neither a name nor a path of the skill's own.
bool is_computed(std::string_view arguments) {
  const std::size_t open = arguments.find('(');
  if (open == std::string_view::npos || open == 0) return false;
  const std::string_view inside = arguments.substr(open);
  return std::all_of(arguments.begin(), arguments.begin() + static_cast<std::ptrdiff_t>(open), letters::is_word) &&
         inside.find_first_of("'\"") != std::string_view::npos && !has_part(inside, {"/", "."});
}

// The host of an address, or of an option of that name.
std::string host_of(std::string_view arguments) {
  std::string host = host_in(arguments);
  for (const std::string_view key : {"host", "hostname"}) {
    const std::size_t at = arguments.find(key);
    if (!host.empty() || at == std::string_view::npos) continue;
    std::string_view behind = arguments.substr(at + key.size());
    behind.remove_prefix(std::min(behind.find_first_not_of(" :='\""), behind.size()));
    if (behind.data() > arguments.data() + at + key.size())
      host = host_in("://" + std::string(behind.substr(0, behind.find_first_of("'\""))));
  }
  return host;
}

// HTTPSConnection("a.example"), lookup(data + ".a.example"): a host without the rest of an address.
std::string bare_host_of(std::string_view arguments) {
  const std::size_t open = arguments.find_first_of("'\"`");
  if (open == std::string_view::npos) return {};
  std::string_view host = arguments.substr(open + 1);
  host = host.substr(0, host.find(arguments[open]));
  host.remove_prefix(std::min(host.find_first_not_of('.', host.rfind('}') + 1), host.size()));
  return host.find_first_of("/ ") == std::string_view::npos ? host_in("://" + std::string(host)) : std::string();
}

bool takes_bare_host(std::string_view what) {
  return letters::is_one_of(what, {"opens a connection", "sends a mail", "asks for a name"});
}

// %x(curl ...)
bool is_command_literal(std::string_view text) {
  return text.size() > 2 && text[1] == 'x' && std::string_view("([{|/!").find(text[2]) != std::string_view::npos;
}

// `eval get(x)`, `include "x"`: a word of the language that takes the rest of the line. `end`: of the word; `next`:
// what follows.
bool takes_line(std::string_view word, std::string_view text, std::size_t end, std::size_t next) {
  return next > end && next < text.size() &&
         std::string_view("=,.;:+-*/<>)&|?").find(text[next]) == std::string_view::npos &&
         letters::is_one_of(word, {"eval", "include", "require", "instance_eval", "require_once", "include_once"});
}

// Where a string ends: at its closing mark, or unclosed at the end of the line.
std::size_t end_of_string(std::string_view text, std::size_t at, std::string_view closing, bool several_lines) {
  for (; at < text.size(); ++at) {
    if (text[at] == '\\' && at + 1 < text.size())
      ++at;
    else if (text.substr(at, closing.size()) == closing || (text[at] == '\n' && !several_lines))
      break;
  }
  return at;
}

constexpr std::string_view bad_results[] = {"fail",   "failed",   "failure", "failures", "error",
                                            "errors", "critical", "high",    "unsafe",   "vulnerable",
                                            "denied", "rejected", "invalid"};
constexpr std::string_view good_results[] = {"pass", "passed", "ok",   "success",  "succeeded", "low",
                                             "info", "none",   "safe", "approved", "valid"};

// The next run of letters from `at` on, behind which `at` stands then.
std::string_view next_letters(std::string_view text, std::size_t& at) {
  while (at < text.size() && !letters::is_letter(text[at])) ++at;
  const std::size_t begin = at;
  while (at < text.size() && letters::is_letter(text[at])) ++at;
  return text.substr(begin, at - begin);
}

// Whether a line turns a bad result into a good one under the condition on it or before it: "if rep.failed:" and then
// rep.outcome = "passed", in one line or two.
bool sets_good(std::string_view condition, std::string_view line) {
  std::size_t set = std::string_view::npos;
  for (const std::string_view name : lists::verdict_fields) {
    const std::size_t at = line.rfind(name);
    if (at == std::string_view::npos || at == 0 ||
        std::string_view(".\"'[").find(line[at - 1]) == std::string_view::npos)
      continue;
    const std::size_t end = line.find_first_not_of("\"'] ", at + name.size());
    if (end != std::string_view::npos && line[end] == '=' && end + 1 < line.size() && line[end + 1] != '=') set = end;
  }
  if (set == std::string_view::npos) return false;
  const std::string_view value = letters::trim(line.substr(set + 1)), before = line.substr(0, set);
  std::size_t at = 0;
  const bool good = letters::is_one_of_lower(next_letters(value.substr(0, 12), at), good_results);
  const auto is_bad_case = [](std::string_view text) {
    return has_phrase(text, {"if", "elif", "when", "unless", "catch", "except"}) &&
           !has_phrase(text, {"not", "else"}) && !has_part(text, {"!"}) && names_bad_result(text);
  };
  return good && (is_bad_case(condition) || is_bad_case(before));
}

// Whether a figure that does not please is replaced by one of chance: "if d > 0:" and then d by lot.
bool replaces_by_lot(std::string_view condition, std::string_view line) {
  const std::size_t set = line.find(" = ");
  if (set == std::string_view::npos || condition.find_first_of("<>") == std::string_view::npos) return false;
  return has_part(line.substr(set), {"random.gauss", "random.uniform", "random.normal", "Math.random"}) &&
         has_phrase(condition, {"if"}) && is_part(condition, letters::trim(line.substr(0, set)));
}

// What a line of a program does to results, for a message; empty: nothing. `strings`: what its quotes hold.
std::string_view what_bends(std::string_view line, std::string_view strings) {
  const bool passes = has_part(line, {"filter("}) ? has_part(line, {"!"}) : has_part(line, {"not in ", "continue"});
  if (passes && names_bad_result(strings)) return "leaves bad results out";
  for (const std::string_view figure :
       {"max(score", "max(coverage", "max(rate", "max(rating", "max(percent", "max(pct"})
    if (const std::size_t at = line.find(figure); at != std::string_view::npos) {
      const std::string_view rest = line.substr(at, line.find(')', at) - at);
      const std::size_t least = rest.find_last_of(", ");
      if (least < rest.size() - 1 && letters::is_digit(rest[least + 1])) return "gives a measured figure a least value";
    }
  return {};
}

bool is_name_of_acts(std::string_view name) {
  constexpr std::size_t shortest = 3;
  return name.size() >= shortest &&
         (is_program_of_acts(name) ||
          std::ranges::any_of(call_rows(), [&](const CallRow& row) { return is_part(row.name, name); }));
}

// With "/" alone between its parts, and the two of an address.
std::string as_path(std::string text) {
  std::replace(text.begin(), text.end(), '\\', '/');
  for (std::size_t twice = text.find("//"); twice != std::string::npos; twice = text.find("//", twice + 1))
    if (twice == 0 || text[twice - 1] != ':') text.erase(twice, 1);
  return text;
}

constexpr std::string_view turns_result = "turns a bad result into a good one";

// What a replacement makes of the text that it is given.
void replaces(std::string_view whole, std::size_t at, std::string_view arguments, std::vector<Act>& acts) {
  if (turns_good(arguments)) acts.push_back({Deed::falsifies, at, std::string(whole), turns_result, {}, {}});
  if (switches_tests_off(arguments))
    acts.push_back(
        {Deed::falsifies, at, std::string(whole), "switches tests off", "skip disable quarantine mute ignore", {}});
}

// ["security", "dump-keychain"]: the strings of a line as a command's words.
std::vector<Act> acts_of_list(std::string_view line, std::string words, std::size_t at, std::size_t depth) {
  if (words.starts_with("-m ")) words.erase(0, 3);  // of sys.executable
  const bool is_command = line.find('[') != std::string_view::npos && words.find(' ') != std::string::npos &&
                          is_program_of_acts(std::string_view(words).substr(0, words.find(' ')));
  return is_command ? acts_of_shell(words, at, depth) : std::vector<Act>();
}

// What a line does to results, or to the name under which it asks; `condition`: the line before it.
void bends(std::string_view condition, std::string_view line, std::string_view strings, std::size_t at,
           std::vector<Act>& acts) {
  const auto add = [&](Deed deed, std::string_view what, std::string_view topics = {}) {
    acts.push_back({deed, at, std::string(letters::trim(line)), what, topics, {}});
  };
  if (const std::string_view what = what_bends(line, strings); !what.empty()) add(Deed::falsifies, what);
  if (replaces_by_lot(condition, line)) add(Deed::falsifies, makes_up, invented_topics);
  if (sets_good(condition, line)) add(Deed::falsifies, turns_result);
  if (has_part(line, {"X-Forwarded-For"}) && has_part(line, {"rand"})) add(Deed::conceals, "passes for other machines");
}

// What the whole text says of results, and its loops.
void judge_whole(std::string_view text, std::vector<Act>& acts) {
  const bool starts = std::ranges::any_of(acts, [](const Act& act) { return act.what == "runs a program"; });
  if (const std::size_t at = fixed_verdict(text, starts); at != std::string_view::npos)
    acts.push_back({Deed::falsifies, at, {}, says_in_any_case, {}, {}});
  append(acts, acts_of_loops(text, 0));
  if (const std::size_t at = made_up_figure(text); at != std::string_view::npos)
    acts.push_back({Deed::falsifies, at, {}, makes_up, invented_topics, {}});
}

class ProgramActs {
 public:
  ProgramActs(std::string_view text, std::string_view path, std::size_t depth)
      : text_(text),
        depth_(depth),
        hashes_(!letters::is_one_of(ending(path), {".js", ".mjs", ".cjs", ".ts", ".go", ".java"})) {}

  std::vector<Act> run() {
    while (at_ < text_.size()) step();
    end_line();
    return std::move(acts_);
  }

 private:
  std::string_view rest() const { return text_.substr(at_); }
  void step() {
    const char c = text_[at_];
    if (c == '\n') {
      end_line();
      ++at_;
    } else if (c == '%' && hashes_ && is_command_literal(rest())) {
      at_ += 2;
      string(text_[at_]);
    } else if ((c == '#' && hashes_) || rest().starts_with("//")) {
      at_ = std::min(text_.find('\n', at_), text_.size());
    } else if (!hashes_ && rest().starts_with("/*")) {
      at_ = std::min(text_.find("*/", at_), text_.size() - 2) + 2;
    } else if (c == '"' || c == '\'' || c == '`') {
      string(c);
    } else if (letters::is_word(c) || c == '$') {
      name();
    } else {
      if (!letters::is_space(c)) begins_statement_ = c == ';' || c == '{' || c == '}';
      if (c != '+' && !letters::is_space(c)) end_joined();
      ++at_;
    }
  }

  // A string, or the quotation of a regular expression that looks like one.
  void string(char quote) {
    const std::size_t first = at_;
    const std::string_view triple = rest().substr(0, 3);
    const char closing = quote == '(' ? ')' : quote == '[' ? ']' : quote == '{' ? '}' : quote;
    const bool is_triple =
        quote != '`' && quote == closing && triple.size() == 3 && triple[1] == quote && triple[2] == quote;
    const bool described = begins_statement_ && is_triple;
    at_ += is_triple ? 3 : 1;
    const std::size_t begin = at_;
    at_ = end_of_string(text_, begin, is_triple ? triple : std::string_view(&closing, 1), is_triple || quote == '`');
    const std::string_view inside = text_.substr(begin, std::min(at_, text_.size()) - begin);
    at_ = std::min(text_.size(), at_ + (is_triple ? 3 : 1));
    begins_statement_ = false;
    if (!described) take_string(inside, first);
  }

  // Strings with nothing but "+" between them.
  void join(std::string_view inside, std::size_t first) {
    constexpr std::size_t longest = 40;
    if (joined_parts_++ == 0) joined_at_ = first;
    if (joined_.size() < longest) joined_ += inside;
  }
  void end_joined() {
    if (joined_parts_ > 1 && is_name_of_acts(joined_))
      acts_.push_back({Deed::conceals, joined_at_, joined_, "puts together the name of what it calls", {}, {}});
    joined_.clear();
    joined_parts_ = 0;
  }

  void take_string(std::string_view inside, std::size_t first) {
    constexpr std::size_t longest_path = 400, least_command = 8;
    join(inside, first);
    if (strings_.empty()) strings_at_ = first;
    if (strings_.size() < longest_path && inside.size() < longest_path) {
      if (!strings_.empty()) strings_ += '/';
      strings_ += inside;
    }
    if (const std::string hidden = decoded(inside); !hidden.empty())
      acts_.push_back({Deed::conceals, first, hidden, "hides a path or an address by encoding it", {}, {}});
    if (words_.size() < longest_path) words_ += (words_.empty() ? "" : " ") + std::string(inside);
    if (inside.starts_with("-m ")) inside.remove_prefix(3);  // of sys.executable
    const bool is_line = inside.size() >= least_command && inside.find(' ') != std::string_view::npos;
    if (is_line && begins_with_program(inside)) append(acts_, acts_of_shell(inside, first + 1, depth_ + 1));
  }

  // A dotted name; before a bracket it is a call.
  void name() {
    const std::size_t first = at_;
    while (at_ < text_.size() && (letters::is_word(text_[at_]) || text_[at_] == '.' || text_[at_] == '$' ||
                                  rest().starts_with("?.") || rest().starts_with("::")))
      at_ += rest().starts_with("?.") || rest().starts_with("::") ? 2 : 1;
    const std::string_view whole = text_.substr(first, at_ - first);
    end_joined();
    begins_statement_ = false;
    const std::size_t open = std::min(text_.find_first_not_of(' ', at_), text_.size());
    if (open < text_.size() && text_[open] == '(') return call(whole, first, arguments_at(text_, open));
    if (whole.starts_with("ENV.")) return call(whole, first, {});
    if (takes_line(whole, text_, at_, open)) call(whole, first, text_.substr(open, text_.find('\n', open) - open));
  }

  void call(std::string_view whole, std::size_t at, std::string_view arguments) {
    for (const CallRow& row : call_rows()) {
      if (!is_called(row, whole) || !fits_argument(row, arguments)) continue;
      const bool reaches = row.deed == Deed::sends || row.deed == Deed::fetches;
      const bool loads = row.deed == Deed::evaluates && is_download(arguments);
      acts_.push_back(
          {row.deed, at, reaches ? host_of(arguments) : std::string(whole), loads ? runs_download_itself : row.what});
      if (reaches && arguments.find("://\" + ") != std::string_view::npos &&
          arguments.find(".join(") != std::string_view::npos)
        acts_.push_back({Deed::conceals, at, std::string(whole), "puts together the address that it reaches", {}, {}});
      else if (reaches && acts_.back().object.empty() && takes_bare_host(row.what))
        acts_.back().object = bare_host_of(arguments);
      if ((row.deed == Deed::runs || row.deed == Deed::evaluates) && decodes_within(arguments))
        acts_.push_back({Deed::conceals, at, std::string(whole), "runs a text that is hidden by encoding it", {}, {}});
    }
    const std::string_view last = whole.substr(whole.find_last_of(".:") + 1);
    if (letters::is_one_of(last, {"replace", "replaceAll", "sub", "gsub"})) replaces(whole, at, arguments, acts_);
    if (letters::is_one_of(whole, {"require", "__import__"}) && is_computed(arguments))
      acts_.push_back({Deed::conceals, at, std::string(whole), "computes the name of what it loads", {}, {}});
  }

  // The strings of a line as one path.
  void end_line() {
    begins_statement_ = true;
    const std::string_view line = text_.substr(line_, at_ - line_);
    bends(condition_, line, strings_, line_, acts_);
    if (!letters::trim(line).empty()) condition_ = line;
    line_ = at_ + 1;
    append(acts_, acts_of_list(line, std::exchange(words_, {}), strings_at_, depth_ + 1));
    if (strings_.empty()) return;
    strings_ = as_path(std::move(strings_));
    for (const bool written : {false, true})
      if (const PlaceRow* row = place_in(strings_, written))
        acts_.push_back({row->deed, strings_at_, std::string(row->part), row->what, row->topics, row->home});
    if (std::string host = host_in(strings_); !host.empty())
      acts_.push_back({Deed::runs, strings_at_, std::move(host), "names a host", {}, {}});
    strings_.clear();
  }

  std::string_view text_;
  const std::size_t depth_;
  const bool hashes_;
  std::string_view condition_;  // the line before
  std::size_t at_ = 0, line_ = 0, strings_at_ = 0, joined_at_ = 0, joined_parts_ = 0;
  std::string strings_, words_, joined_;
  bool begins_statement_ = true;
  std::vector<Act> acts_;
};

}  // namespace

std::vector<Act> acts_of_program(std::string_view text, std::string_view path, std::size_t depth) {
  if (depth > most_depth_of_acts) return {};
  std::vector<Act> acts = ProgramActs(text, path, depth).run();
  judge_whole(text, acts);
  return acts;
}

bool is_program_of_acts(std::string_view name) noexcept {
  return std::ranges::any_of(program_rows(), [&](const ProgramRow& row) {
    return row.program == name || (row.program.find('|') != std::string_view::npos && is_part(row.program, name));
  });
}

std::string host_in(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find("://", from); at != std::string_view::npos; at = text.find("://", at + 3)) {
    std::string_view host =
        letters::run_at_begin(text.substr(at + 3), [](char c) { return is_dotted(c) || c == '@' || c == ':'; });
    if (const std::size_t user = host.rfind('@'); user != std::string_view::npos) host.remove_prefix(user + 1);
    host = host.substr(0, host.find(':'));
    while (!host.empty() && host.back() == '.') host.remove_suffix(1);
    const bool own = letters::is_one_of_lower(host, {"localhost", "127.0.0.1", "0.0.0.0", "host.docker.internal"}) ||
                     host.ends_with(".local") || host.ends_with(".localhost");
    if (!own && host.find('.') != std::string_view::npos) return letters::to_lower(host);
  }
  return {};
}

std::size_t fixed_verdict(std::string_view text, bool starts) {
  std::string code;  // without lines that are comments
  for (const letters::Line whole : letters::lines(text))
    if (const std::string_view line = letters::trim(whole); !line.starts_with('#') && !line.starts_with("//"))
      code.append(line).append(1, '\n');
  // Whoever starts nothing lets time pass or draws lots to seem at work, and looks at nothing.
  if (!starts && (!has_part(code, lists::seems_at_work) || has_part(code, lists::looks_at_something)))
    return std::string_view::npos;
  for (std::size_t at = text.find("exit"); at != std::string_view::npos; at = text.find("exit", at + 1)) {
    const std::string_view code = text.substr(std::min(at + 4, text.size()), 2);
    if (code.size() == 2 && std::string_view(" (Code").find(code[0]) != std::string_view::npos && code[1] != '0')
      return std::string_view::npos;
  }
  if (has_part(code, lists::reads_result) || (has_part(code, {"execSync"}) && !has_part(code, {"catch"})))
    return std::string_view::npos;
  for (const letters::Line line : letters::lines(text)) {
    if (starts_with_part(line, {"print(", "console.log(", "puts ", "echo "}) &&
        line.find_first_of("{$%+,") == std::string_view::npos && has_phrase(line, lists::good_verdicts))
      return static_cast<std::size_t>(line.data() - text.data());
  }
  return std::string_view::npos;
}

// A figure that is measured gets a value by lot: latency = random(), ms=$RANDOM. Who does so for show says so.
std::size_t made_up_figure(std::string_view text) noexcept {
  for (const letters::Line line : letters::lines(text)) {
    const bool by_lot = has_part(line, {"random.", "Math.random", "$RANDOM", "RANDOM %", "rand(", "randint("});
    const std::size_t comment = line.find_first_not_of(" \t");
    const bool said = comment != std::string_view::npos && line[comment] != '#' && line[comment] != '/';
    if (by_lot && said && has_phrase(line, lists::measured_figures))
      return has_part(letters::to_lower(text), lists::shown_figures)
                 ? std::string_view::npos
                 : static_cast<std::size_t>(line.data() - text.data());
  }
  return std::string_view::npos;
}

bool switches_tests_off(std::string_view text) noexcept { return has_part(text, lists::skip_marks); }

bool names_bad_result(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();)
    if (letters::is_one_of_lower(next_letters(text, at), bad_results)) return true;
  return false;
}

bool turns_good(std::string_view text) noexcept {
  constexpr std::size_t most_between = 8;
  for (std::size_t at = 0; at < text.size();) {
    if (!letters::is_one_of_lower(next_letters(text, at), bad_results)) continue;
    const std::size_t behind = at;
    const std::string_view next = next_letters(text, at);
    const std::string_view between = text.substr(behind, at - next.size() - behind);
    const bool apart = between.find_first_of("/|,#") != std::string_view::npos && between.find_first_of(" \n") != 0;
    if (apart && between.size() < most_between && letters::is_one_of_lower(next, good_results)) return true;
    at = behind;
  }
  return false;
}

}  // namespace cascade::validation
