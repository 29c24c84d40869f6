#include "client/dialect.h"

#include <algorithm>

#include "text/ascii.h"

namespace cascade::client {
namespace {

constexpr std::size_t max_input_bytes = 300;

bool is_name_in_capitals(std::string_view name) {
  return !name.empty() && letters::is_upper(name.front()) &&
         std::ranges::all_of(name, [](char c) { return letters::is_upper(c) || letters::is_digit(c) || c == '_'; });
}

// The number at the beginning of a text, of three digits at most; `digits` is 0 if there is none.
std::size_t number_at(std::string_view text, std::size_t most, std::size_t& digits) {
  std::size_t number = 0;
  for (digits = 0; digits < text.size() && digits < most && letters::is_digit(text[digits]); ++digits)
    number = number * 10 + static_cast<std::size_t>(text[digits] - '0');
  const bool goes_on = most > 1 && digits < text.size() && letters::is_digit(text[digits]);
  if (goes_on) digits = 0;
  return number;
}

// A place in the text: how many bytes of it are replaced, by what. No bytes: there is none.
struct Place {
  std::size_t length = 0;
  std::string value;
};

// The word that gives a name its value, "NAME=value"; null if there is none.
const std::string* assigned(const std::vector<std::string>& words, std::string_view name) {
  const auto found = std::ranges::find_if(words, [&](const std::string& word) {
    return word.size() > name.size() && word[name.size()] == '=' && word.compare(0, name.size(), name) == 0;
  });
  return found == words.end() ? nullptr : &*found;
}

std::string words_from(const std::vector<std::string>& words, std::size_t first) {
  std::string joined;
  for (std::size_t i = first; i < words.size(); ++i) joined += (i == first ? "" : " ") + words[i];
  return joined;
}

std::size_t highest_number(std::string_view text) {
  std::size_t highest = 0;
  for (std::size_t at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
    std::size_t digits = 0;
    const std::size_t number = number_at(text.substr(at + 1), 3, digits);
    if (digits != 0) highest = std::max(highest, number);
  }
  return highest;
}

// Whether the text speaks of the place from `at` to `end` instead of using it: it stands alone in code marks, or it
// begins a line that goes on.
bool is_explained(std::string_view text, std::size_t at, std::size_t end) {
  constexpr std::size_t most_before = 12;
  if (at > 0 && text[at - 1] == '`' && end < text.size() && text[end] == '`') return true;
  std::size_t begin = at;
  while (begin > 0 && at - begin < most_before &&
         (std::string_view("-+*_> \t.)").find(text[begin - 1]) != std::string_view::npos ||
          letters::is_digit(text[begin - 1])))
    --begin;
  if (begin > 0 && text[begin - 1] != '\n') return false;
  const std::size_t next = text.find_first_not_of(" \t*_", end);
  return next != std::string_view::npos && text[next] != '\n' && text[next] != '\r';
}

// The places that ask the user: "${input:name}", "${input:name:hint}". "name=value" gives an input its value by its
// name; the other words are given in the order of the inputs, and the last input takes all that are left.
class Inputs {
 public:
  Inputs(std::string_view text, std::string_view mark, const std::vector<std::string>& words)
      : text_(text), mark_(mark) {
    if (mark.empty()) return;
    find();
    assign(words);
  }

  bool take_all_words() const { return takes_all_; }
  bool are_open() const { return are_open_; }

  // The place at `at`, where the mark stands.
  Place place(std::size_t at) {
    std::size_t length = 0;
    const std::string_view name = name_at(at, length);
    if (length == 0) return {};
    for (const auto& [known, value] : values_)
      if (known == name && !value.empty()) return {length, value};
    are_open_ = true;
    return {length, std::string(text_.substr(at, length))};
  }

 private:
  // `length` is that of the place; 0: there is none.
  std::string_view name_at(std::size_t at, std::size_t& length) const {
    const std::string_view behind = text_.substr(at + mark_.size(), max_input_bytes);
    const std::size_t end = behind.find_first_of("}\n");
    length = end == std::string_view::npos || behind[end] != '}' ? 0 : mark_.size() + end + 1;
    return length == 0 ? std::string_view() : behind.substr(0, std::min(end, behind.find(':')));
  }

  void find() {
    constexpr std::size_t most = 50;
    for (std::size_t at = text_.find(mark_); at != std::string_view::npos && values_.size() < most;
         at = text_.find(mark_, at + 1)) {
      std::size_t length = 0;
      const std::string_view name = name_at(at, length);
      const bool known = std::ranges::any_of(values_, [&](const auto& one) { return one.first == name; });
      if (length != 0 && !known) values_.emplace_back(name, "");
    }
  }

  void assign(std::vector<std::string> words) {
    std::size_t open = values_.size();
    for (auto& [name, value] : values_) {
      const std::string* given = name.empty() ? nullptr : assigned(words, name);
      if (given == nullptr) continue;
      value = given->substr(name.size() + 1);
      words.erase(words.begin() + (given - words.data()));
      --open;
    }
    auto word = words.begin();
    for (auto& [name, value] : values_) {
      if (!value.empty() || word == words.end()) continue;
      for (bool is_first = true; word != words.end() && (is_first || open == 1); ++word, is_first = false)
        value += (is_first ? "" : " ") + *word;
      --open;
    }
    takes_all_ = !values_.empty() && word == words.end();
  }

  std::string_view text_, mark_;
  std::vector<std::pair<std::string, std::string>> values_;
  bool takes_all_ = false, are_open_ = false;
};

class Filler {
 public:
  Filler(std::string_view text, const Placeholders& rules, const CallArguments& call)
      : text_(text),
        rules_(rules),
        call_(call),
        words_(split_arguments(call.arguments)),
        inputs_(text, rules.input, words_),
        last_number_(rules.last_takes_rest ? highest_number(text) : 0),
        is_used_(inputs_.take_all_words()) {}

  std::string run() {
    while (at_ < text_.size()) {
      enter_command();
      Place place = next();
      if (place.length == 0) {
        filled_ += text_[at_++];
        continue;
      }
      if (place.value.empty() && is_explained(text_, at_, at_ + place.length)) {
        place.value = text_.substr(at_, place.length);
        has_kept_name_ = true;
      }
      filled_ += place.value;
      at_ += place.length;
    }
    add_arguments();
    add_notes();
    return std::move(filled_);
  }

 private:
  std::string_view rest() const { return text_.substr(at_); }
  bool begins(std::string_view mark) const {
    return !mark.empty() && text_[at_] == mark.front() && rest().substr(0, mark.size()) == mark;
  }

  Place next() {
    if (rules_.has_escape && begins("\\$")) return {2, "$"};
    if (rules_.keeps_double && begins("$$")) return {2, "$$"};
    if (begins(rules_.session)) return {rules_.session.size(), call_.session_id};
    if (begins(rules_.all)) return all_of_them();
    if (begins(rules_.input)) return inputs_.place(at_);
    if (text_[at_] != '$') return {};
    if (Place place = named(); place.length != 0) return place;
    std::size_t digits = 0;
    const std::size_t number = number_at(text_.substr(at_ + 1), rules_.has_one_digit ? 1 : 3, digits);
    return digits == 0 || rules_.first_word < 0 ? Place() : word(number, 1 + digits);
  }

  Place all_of_them() {
    const std::size_t length = rules_.all.size();
    if (rules_.is_indexed && text_.substr(at_ + length, 1) == "[") {
      std::size_t digits = 0;
      const std::size_t number = number_at(text_.substr(at_ + length + 1), 3, digits);
      if (digits != 0 && text_.substr(at_ + length + 1 + digits, 1) == "]")
        if (Place place = word(number, length + digits + 2); place.length != 0) return place;
    }
    is_used_ = true;
    return {length, at_ < command_end_ ? quoted(call_.arguments) : call_.arguments};
  }

  Place word(std::size_t number, std::size_t length) {
    const auto first = static_cast<std::size_t>(rules_.first_word);
    if (number < first || number - first >= words_.size()) {
      const bool stays = rules_.keeps_missing || number < first;
      is_used_ = is_used_ || !stays;
      return stays ? Place() : Place{length, ""};
    }
    is_used_ = true;
    if (rules_.last_takes_rest && number == last_number_) return {length, words_from(words_, number - first)};
    return {length, words_[number - first]};
  }

  // "$name": a declared name, or one that was given a value.
  Place named() {
    if (!rules_.names_declared && !rules_.names_assigned) return {};
    const std::string_view name = letters::run_at_begin(text_.substr(at_ + 1), letters::is_word);
    if (rules_.names_declared)
      if (const auto found = std::ranges::find(call_.declared, name); !name.empty() && found != call_.declared.end()) {
        const auto number = static_cast<std::size_t>(found - call_.declared.begin());
        is_used_ = true;
        return {1 + name.size(), number < words_.size() ? words_[number] : std::string()};
      }
    if (!rules_.names_assigned || !is_name_in_capitals(name)) return {};
    const std::string* value = assigned(words_, name);
    if (value == nullptr) return {};
    is_used_ = true;
    return {1 + name.size(), value->substr(name.size() + 1)};
  }

  // Remembers where the shell command ends that begins here. Braces in it are balanced; if they are not anywhere, the
  // client would refuse the text, and no further command is looked for.
  void enter_command() {
    if (at_ < command_end_ || are_braces_open_ || !begins(rules_.command)) return;
    std::size_t depth = 0;
    for (std::size_t at = at_; at < text_.size(); ++at) {
      depth += text_[at] == '{' ? 1 : 0;
      if (text_[at] != '}' || --depth != 0) continue;
      command_end_ = at;
      has_command_ = true;
      return;
    }
    are_braces_open_ = true;
  }

  void add_arguments() {
    if (is_used_ || call_.arguments.empty()) return;
    if (rules_.unplaced == Unplaced::labelled) {
      filled_ += "\nARGUMENTS: " + call_.arguments + "\n";
      return;
    }
    while (!filled_.empty() && filled_.back() == '\n') filled_.pop_back();
    filled_ += "\n\n" + (rules_.unplaced == Unplaced::typed ? "/" + call_.name + " " : std::string()) +
               call_.arguments + "\n\n";
  }

  void add_notes() {
    if (has_kept_name_ && call_.arguments.empty()) filled_ += "(No arguments were given.)\n\n";
    if (inputs_.are_open())
      filled_ += "(Ask the user for what stands for each " + std::string(rules_.input) + "...}.)\n\n";
    if (has_command_) filled_ += "(Commands written as " + std::string(rules_.command) + "...} have not been run.)\n\n";
  }

  std::string_view text_;
  const Placeholders& rules_;
  const CallArguments& call_;
  std::vector<std::string> words_;
  Inputs inputs_;
  std::size_t at_ = 0, command_end_ = 0, last_number_ = 0;
  bool is_used_ = false, has_kept_name_ = false, has_command_ = false, are_braces_open_ = false;
  std::string filled_;
};

}  // namespace

std::string quoted(std::string_view word) {
  if (word.empty()) return {};
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::vector<std::string> split_arguments(std::string_view arguments) {
  std::vector<std::string> words;
  std::string word;
  bool inside = false;
  char quote = 0;
  for (const char c : arguments) {
    if (quote != 0) {
      if (c == quote)
        quote = 0;
      else
        word += c;
    } else if (c == '"' || c == '\'') {
      quote = c;
      inside = true;
    } else if (!letters::is_space(c)) {
      word += c;
      inside = true;
    } else if (inside) {
      words.push_back(std::move(word));
      word.clear();
      inside = false;
    }
  }
  if (inside) words.push_back(std::move(word));
  return words;
}

std::string fill_arguments(std::string_view text, const Placeholders& rules, const CallArguments& call) {
  return Filler(text, rules, call).run();
}

}  // namespace cascade::client
