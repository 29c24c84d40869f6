// Reads a program in one pass as strings, names and brackets, which nearly all languages write alike. A name before a
// bracket is a call; the strings of a line, joined by "/", are a path, because programs put paths together from parts;
// a string that holds a command line is followed as the shell would. What is only described (comments, strings that
// stand alone as a statement) is passed over. Values are not followed: a file that holds a secret's path and a call
// that sends is told as both, and the rule decides.
#include <algorithm>

#include "text/ascii.h"
#include "text/one_of.h"
#include "validate/acts/rows.h"

namespace cascade::validation {
namespace {

bool is_program(std::string_view word) {
  const auto rows = program_rows();
  return std::any_of(rows.begin(), rows.end(), [&](const ProgramRow& row) {
    return row.program == word ||
           (row.program.find('|') != std::string_view::npos && row.program.find(word) != std::string_view::npos);
  });
}

// Whether the first word of some command in it is a program of the tables. Sentences seldom are.
bool begins_with_program(std::string_view line) {
  bool begins = true;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t end = std::min(line.find_first_of(" \t\n|;&", at), line.size());
    const std::string_view word = line.substr(at, end - at);
    if (begins && !word.empty() && is_program(word)) return true;
    if (!word.empty()) begins = letters::is_one_of(word, {"sudo", "echo", "env", "nohup"});
    if (end < line.size() && line[end] != ' ' && line[end] != '\t') begins = true;
    at = end + 1;
  }
  return false;
}

class ProgramActs {
 public:
  ProgramActs(std::string_view text, std::string_view path)
      : text_(text), hashes_(!letters::is_one_of(ending(path), {".js", ".mjs", ".cjs", ".ts", ".go", ".java"})) {}

  std::vector<Act> run() {
    while (at_ < text_.size()) step();
    end_line();
    return std::move(acts_);
  }

 private:
  static std::string_view ending(std::string_view path) {
    const std::size_t dot = path.rfind('.');
    return dot == std::string_view::npos ? std::string_view() : path.substr(dot);
  }
  std::string_view rest() const { return text_.substr(at_); }

  void step() {
    const char c = text_[at_];
    if (c == '\n') {
      end_line();
      ++at_;
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
      ++at_;
    }
  }

  // A string, or the quotation of a regular expression that looks like one.
  void string(char quote) {
    const std::size_t first = at_;
    const std::string_view triple = rest().substr(0, 3);
    const bool is_triple = quote != '`' && triple.size() == 3 && triple[1] == quote && triple[2] == quote;
    const bool described = begins_statement_ && is_triple;
    at_ += is_triple ? 3 : 1;
    const std::size_t begin = at_;
    while (at_ < text_.size()) {
      if (text_[at_] == '\\' && at_ + 1 < text_.size()) {
        at_ += 2;
        continue;
      }
      if (is_triple ? rest().starts_with(triple) : text_[at_] == quote) break;
      if (text_[at_] == '\n' && !is_triple && quote != '`') break;  // not closed
      ++at_;
    }
    const std::string_view inside = text_.substr(begin, std::min(at_, text_.size()) - begin);
    at_ = std::min(text_.size(), at_ + (is_triple ? 3 : 1));
    begins_statement_ = false;
    if (!described) take_string(inside, first);
  }

  void take_string(std::string_view inside, std::size_t first) {
    constexpr std::size_t longest_path = 400, least_command = 8;
    if (strings_.empty()) strings_at_ = first;
    if (strings_.size() < longest_path && inside.size() < longest_path) {
      if (!strings_.empty()) strings_ += '/';
      strings_ += inside;
    }
    const bool is_line = inside.size() >= least_command && inside.find(' ') != std::string_view::npos;
    if (is_line && begins_with_program(inside))
      for (Act& act : acts_of_shell(inside, first + 1)) acts_.push_back(std::move(act));
  }

  // A dotted name; before a bracket it is a call.
  void name() {
    const std::size_t first = at_;
    while (at_ < text_.size() && (letters::is_word(text_[at_]) || text_[at_] == '.' || text_[at_] == '$' ||
                                  rest().starts_with("?.") || rest().starts_with("::")))
      at_ += rest().starts_with("?.") || rest().starts_with("::") ? 2 : 1;
    const std::string_view whole = text_.substr(first, at_ - first);
    begins_statement_ = false;
    std::size_t open = at_;
    while (open < text_.size() && text_[open] == ' ') ++open;
    if (open < text_.size() && text_[open] == '(') call(whole, first, arguments(open));
  }

  // What stands between the bracket and its partner, 1,000 bytes at most.
  std::string_view arguments(std::size_t open) const {
    constexpr std::size_t most = 1000;
    int depth = 0;
    std::size_t at = open;
    for (; at < text_.size() && at - open < most; ++at) {
      depth += text_[at] == '(' ? 1 : text_[at] == ')' ? -1 : 0;
      if (depth == 0) break;
    }
    return text_.substr(open + 1, at - open);  // with the closing bracket
  }

  void call(std::string_view whole, std::size_t at, std::string_view arguments) {
    for (const CallRow& row : call_rows()) {
      if (!whole.ends_with(row.name)) continue;
      const char before = whole.size() == row.name.size() ? '.' : whole[whole.size() - row.name.size() - 1];
      const bool is_own = row.deed != Deed::evaluates || whole.size() == row.name.size();  // pattern.exec(text)
      if ((before != '.' && before != ':') || !is_own || arguments.find(row.argument) == std::string_view::npos)
        continue;
      const bool reaches = row.deed == Deed::sends || row.deed == Deed::fetches;
      acts_.push_back({row.deed, at, reaches ? host_in(arguments) : std::string(whole), row.what, {}, {}});
    }
  }

  // The strings of a line as one path.
  void end_line() {
    begins_statement_ = true;
    if (strings_.empty()) return;
    std::replace(strings_.begin(), strings_.end(), '\\', '/');
    for (std::size_t twice = strings_.find("//"); twice != std::string::npos; twice = strings_.find("//", twice + 1))
      if (twice == 0 || strings_[twice - 1] != ':') strings_.erase(twice, 1);
    for (const bool written : {false, true})
      if (const PlaceRow* row = place_in(strings_, written))
        acts_.push_back({row->deed, strings_at_, std::string(row->part), row->what, row->topics, row->home});
    if (std::string host = host_in(strings_); !host.empty())
      acts_.push_back({Deed::runs, strings_at_, std::move(host), "names a host", {}, {}});
    strings_.clear();
  }

  std::string_view text_;
  const bool hashes_;
  std::size_t at_ = 0, strings_at_ = 0;
  std::string strings_;
  bool begins_statement_ = true;
  std::vector<Act> acts_;
};

}  // namespace

std::vector<Act> acts_of_program(std::string_view text, std::string_view path) { return ProgramActs(text, path).run(); }

std::string host_in(std::string_view text, std::size_t from) {
  for (std::size_t at = text.find("://", from); at != std::string_view::npos; at = text.find("://", at + 3)) {
    std::size_t begin = at + 3, end = begin;
    while (end < text.size() &&
           (letters::is_name(text[end]) || text[end] == '.' || text[end] == '@' || text[end] == ':'))
      ++end;
    std::string_view host = text.substr(begin, end - begin);
    if (const std::size_t user = host.rfind('@'); user != std::string_view::npos) host.remove_prefix(user + 1);
    host = host.substr(0, host.find(':'));
    while (!host.empty() && host.back() == '.') host.remove_suffix(1);
    const bool own = letters::is_one_of_lower(host, {"localhost", "127.0.0.1", "0.0.0.0", "host.docker.internal"}) ||
                     host.ends_with(".local") || host.ends_with(".localhost");
    if (!own && host.find('.') != std::string_view::npos) return letters::to_lower(host);
  }
  return {};
}

}  // namespace cascade::validation
