// Secrets recognisable only by their place: after "password is" or after a flag of a command. A value there must not
// look like a word, or texts about passwords would lose words.
#include "secrets/words.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "secrets/find.h"
#include "text/ascii.h"
#include "text/names.h"
#include "text/word_set.h"

namespace cascade::secrets {

namespace {

// Whether nobody would write the value as a word: digits or signs among letters.
bool is_password_like(std::string_view value) {
  if (value.size() < 6) return false;
  const bool digit = std::any_of(value.begin(), value.end(), letters::is_digit);
  const bool letter = std::any_of(value.begin(), value.end(), letters::is_letter);
  const bool sign = value.find_first_of("!@#$%^&*~+=?") != std::string_view::npos;
  const bool path = value.find('/') != std::string_view::npos && !sign;
  if (path && value.size() < 20) return false;
  return (digit && letter) || (sign && (letter || digit)) || (digit && value.size() >= 8);
}

// Skips blanks, quotes and a link from a name to its value: ":", "=", "is". Returns whether there was a link.
bool pass_to_value(std::string_view lower, std::size_t& at) {
  constexpr std::size_t longest_link = 16;
  bool told = false;
  while (at < lower.size()) {
    const char c = lower[at];
    if (letters::is_blank(c) || c == '"' || c == '\'' || c == '`') {
      ++at;
    } else if (c == ':' || c == '=') {
      told = true;
      ++at;
    } else if (const std::size_t link = word_at(lower.substr(at, longest_link), roles::value_link); link > 0) {
      told = true;
      at += link;
    } else {
      break;
    }
  }
  return told;
}

// Skips " of the safe is", " for guests:", at most four words; otherwise returns the same place.
std::size_t pass_what_it_opens(std::string_view lower, std::size_t at) {
  if (word_at(lower.substr(at, 8), roles::of) == 0) return at;
  std::size_t to = at + 1;
  for (std::size_t words = 0; words < 5; ++words) {
    if (lower.substr(to, 3) == "is " || lower.substr(to, 4) == "ist ") return to;
    const std::size_t blank = lower.find(' ', to);
    if (blank == std::string_view::npos) return at;
    if (lower[blank - 1] == ':') return blank - 1;
    to = blank + 1;
  }
  return at;
}

// Whether the value has at least three kinds of characters: capitals, small letters, digits, signs.
bool is_of_three_sorts(std::string_view value) {
  const int sorts = int(std::ranges::any_of(value, letters::is_upper)) +
                    int(std::ranges::any_of(value, letters::is_lower)) +
                    int(std::ranges::any_of(value, letters::is_digit)) +
                    int(value.find_first_of("!@#$%^&*~+=?.-_:") != std::string_view::npos);
  return value.size() >= 6 && sorts >= 3;
}

std::size_t end_of_value(std::string_view text, std::size_t from) {
  std::size_t end = from;
  while (end < text.size() && !letters::is_space(text[end]) &&
         std::string_view("\"'`,;)<>").find(text[end]) == std::string_view::npos)
    ++end;
  while (end > from && (text[end - 1] == '.' || text[end - 1] == ':')) --end;
  return end;
}

// As far as a reference may go: quotes belong to it, as in `os.environ["TOKEN_2"]`.
std::string_view reference_at(std::string_view text, std::size_t from) {
  std::string_view value = letters::run_at_begin(text.substr(std::min(from, text.size())),
                                                 [](char c) { return !letters::is_space(c) && c != ',' && c != ';'; });
  while (!value.empty() && std::string_view("\"'`.)").find(value.back()) != std::string_view::npos)
    value.remove_suffix(1);
  return value;
}

// "correct-horse-battery": words joined only by dashes.
bool is_passphrase(std::string_view value) {
  return value.size() >= 15 && std::count(value.begin(), value.end(), '-') >= 2 && letters::is_letter(value.front()) &&
         letters::is_letter(value.back()) &&
         std::all_of(value.begin(), value.end(), [](char c) { return letters::is_letter(c) || c == '-'; });
}

// Finds the value of the name that ends at `from`.
void find_named_value(std::string_view text, std::string_view lower, std::string_view name, std::size_t from,
                      std::vector<Secret>& found) {
  const bool longer = from < lower.size() && (lower[from] == '_' || lower[from] == '-');
  if (longer) {  // PASSWORD_MIN_LENGTH=12
    from = run_end(lower, from, Letters::token);
    if (from >= lower.size() || (lower[from] != '=' && lower[from] != ':')) return;
  }
  from = pass_what_it_opens(lower, from);
  // "wifi key harbour: X", where X is not a word.
  const std::size_t word = from < lower.size() ? run_end(lower, from + 1, Letters::token) : from;
  if (is_word(name, roles::password_name) && lower.substr(from, 1) == " " && lower.substr(word, 2) == ": " &&
      is_of_three_sorts(text.substr(word + 2, end_of_value(text, word + 2) - word - 2)))
    from = word;
  bool told = pass_to_value(lower, from) || name == "bearer" || name == "basic" || name == "token" ||
              name == "secret" || name == "pass";
  const std::size_t end = end_of_value(text, from);
  const std::string_view value = text.substr(from, end - from);
  if (name == "pin" || name == "pin code" || name == "pin-code") {
    const bool of_digits =
        std::all_of(value.begin(), value.end(), [](char c) { return letters::is_digit(c) || c == '-'; });
    if ((told || name != "pin") && of_digits && value.size() >= 4 && value.size() <= 12)
      found.push_back({from, end, "pin"});
    return;
  }
  // PASSWORD_MIN_LENGTH=12 is a setting about passwords.
  if ((longer && all_digits(value)) || is_secret_reference(reference_at(text, from))) return;
  const bool pass = name.rfind("pass", 0) == 0 || (is_word(name, roles::password_name) && is_of_three_sorts(value));
  if (told && is_word(name, roles::password_name) && is_passphrase(value)) found.push_back({from, end, "password"});
  told = told || pass || (value.size() >= 16 && !all_digits(value));
  if (told && is_password_like(value) && value.find("://") == std::string_view::npos)
    found.push_back({from, end, name == "bearer" || name == "basic" ? "authorization" : "password"});
}

// "password: x", "token is x", "api_key=x", "Authorization: Bearer x", "the PIN of the safe is 4711".
void find_named_values(std::string_view text, std::string_view lower, std::vector<Secret>& found) {
  const auto find = [&](std::string_view name, bool inside) {
    for (std::size_t at = lower.find(name); at != lower.npos; at = lower.find(name, at + 1)) {
      const std::size_t from = at + name.size();
      if (!inside && at > 0 && letters::is_letter(lower[at - 1])) continue;
      if (from < lower.size() && letters::is_letter(lower[from])) continue;
      find_named_value(text, lower, name, from, found);
    }
  };
  each_word_of(roles::secret_name, [&](const Word& name) { find(name.text, false); });
  // "PGPASSWORD=x", "das Adminpasswort ist x".
  each_word_of(roles::password_name, [&](const Word& name) { find(name.text, name.text.size() > 4); });
}

// "login: admin / hunter": a user whom every system has and one word, which is not said about passwords.
bool is_plain_login(std::string_view lower, std::size_t slash, std::size_t end) {
  std::size_t user = slash;
  while (user > 0 && (letters::is_word(lower[user - 1]) || lower[user - 1] == '.')) --user;
  const std::string_view name = lower.substr(user, slash - user), value = lower.substr(slash + 3, end - slash - 3);
  const std::size_t colon = lower.substr(0, user).find_last_not_of(' ');
  constexpr Roles words = roles::joint | roles::said | roles::plain_name | roles::password_name | roles::secret_name;
  return colon != std::string_view::npos && lower[colon] == ':' && is_word(name, roles::usual_user) &&
         value.size() >= 4 &&
         (end >= lower.size() || std::string_view(",;\n.").find(lower[end]) != std::string_view::npos) &&
         std::all_of(value.begin(), value.end(), letters::is_letter) && !is_word(value, words);
}

// "login admin / x".
void find_logins(std::string_view text, std::string_view lower, std::vector<Secret>& found) {
  for (std::size_t at = lower.find(" / "); at != std::string::npos; at = lower.find(" / ", at + 1)) {
    const std::size_t begin = at > 60 ? at - 60 : 0;
    const std::string_view before = lower.substr(begin, at - begin);
    if (!holds_word(before, roles::login)) continue;
    const std::size_t end = end_of_value(text, at + 3);
    const std::string_view value = text.substr(at + 3, end - at - 3);
    if (is_of_three_sorts(value) || is_plain_login(lower, at, at + 3 + value.size()))
      found.push_back({at + 3, end, "password"});
  }
}

// Finds a name ("password", "Kennwort"), then what links it to its value ("is", ":", "was changed to"), and then takes
// one word up to the end of its clause, or the words of a passphrase. A word that says something about passwords ends
// the search: those are few, and they are rows of words.tsv. A password that is such a word ("secret") stays.

bool is_wide(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool is_in_word(char c) { return letters::is_letter(c) || is_wide(c) || c == '\'' || c == '-'; }

bool ends_with_word(std::string_view lower, Roles role) {
  bool ends = false;
  each_word_of(
      role, [&](const Word& end) { ends = ends || (lower.size() > end.text.size() + 2 && lower.ends_with(end.text)); });
  return ends;
}

bool is_said(std::string_view lower) {
  if (is_word(lower, roles::joint | roles::said)) return true;
  const bool is_participle = lower.starts_with("ge") && (lower.ends_with('t') || lower.ends_with('n'));
  return (lower.size() > 6 && (is_participle || ends_with_word(lower, roles::said_end))) ||
         holds_word(lower, roles::said_part);
}

std::size_t word_end(std::string_view text, std::size_t at) {
  while (at < text.size() && is_in_word(text[at])) ++at;
  while (at > 0 && text[at - 1] == '\'') --at;
  return at;
}

// Whether a clause ends there.
bool ends_clause(std::string_view text, std::size_t at) {
  if (at >= text.size() || text[at] == '\n' || text[at] == '\r') return true;
  if (std::string_view(",;!?)\"*").find(text[at]) != std::string_view::npos) return true;
  if (text[at] == '`' || text[at] == '\'') return true;
  return text[at] == '.' && (at + 1 >= text.size() || !is_in_word(text[at + 1]));
}

bool goes_on(std::string_view text, std::size_t at) {
  return at < text.size() && word_at(text.substr(at), roles::goes_on) > 0;
}

// The words from here to the end of the clause, at most 24, as a recovery phrase has them.
struct Words {
  std::size_t end = 0, all = 0, joining = 0, said = 0;
};
Words words_from(std::string_view text, std::size_t at) {
  constexpr std::size_t most = 24;
  Words words;
  while (words.all < most) {
    const std::size_t next = word_end(text, at);
    if (next == at) break;
    const std::string_view word = text.substr(at, next - at);
    words.joining += is_word(word, roles::joint) ? 1 : 0;
    words.said += is_said(word) ? 1 : 0;
    words.end = next;
    ++words.all;
    if (next >= text.size() || text[next] != ' ') break;
    at = next + 1;
  }
  return words;
}

// "Correct horse battery staple": several words that make no sentence. A list of eight or more is hardly one.
bool is_phrase(const Words& words, std::size_t fewest) {
  constexpr std::size_t list = 8;
  if (words.all < fewest) return false;
  return words.all >= list ? words.said * 2 <= words.all : words.joining == 0 && words.said * 4 <= words.all;
}

bool is_quote_sign(char c) { return std::string_view("\"'`*").find(c) != std::string_view::npos; }

// "user bob, password sunflower": whether a user stands before the name.
bool is_behind_user(std::string_view lower, std::size_t name) {
  return holds_word(lower.substr(name > 60 ? name - 60 : 0, std::min<std::size_t>(name, 60)), roles::user);
}

// "DB_PASS=sunflower ./deploy", "user: bob pass: sunflower". Behind a colon only where a clause begins with the name,
// or a user stands before it: "all tests pass: seventeen" is no password.
void find_assigned(std::string_view lower, std::size_t at, std::size_t sign, std::vector<Secret>& found) {
  constexpr std::size_t least = 5;
  if (sign + 1 >= lower.size() || (at > 0 && letters::is_letter(lower[at - 1]))) return;
  const bool begins = at == 0 || std::string_view("\n,;").find(lower[at - 1]) != std::string_view::npos ||
                      (lower[at - 1] == ' ' && is_behind_user(lower, at));
  const bool is_set = lower[sign] == '=';
  if (!is_set && (lower[sign] != ':' || lower[sign + 1] != ' ' || !begins)) return;
  std::size_t from = sign + (is_set ? 1 : 2);
  while (from < lower.size() && is_quote_sign(lower[from])) ++from;
  const std::size_t end = word_end(lower, from);
  const bool ends = ends_clause(lower, end) || (is_set && letters::is_blank(lower[end])) || is_quote_sign(lower[end]);
  const std::string_view word = lower.substr(from, end - from);
  const bool is_about = is_set ? is_word(word, roles::joint | roles::said) : is_said(word);
  if (word.size() >= least && ends && !is_about && !is_word(word, roles::password_name | roles::secret_name))
    found.push_back({from, end, "password"});
}

// Looks for all names in one text.
class Finder {
 public:
  // `lower`: the text in small letters.
  Finder(std::string_view text, std::string_view lower, std::vector<Secret>& found)
      : text_(text), lower_(lower), found_(found) {}

  void run() {
    each_word_of(roles::plain_name | roles::phrase_name, [&](const Word& name) {
      for (std::size_t at = lower_.find(name.text); at != std::string_view::npos; at = lower_.find(name.text, at + 1))
        look(name, at);
    });
  }

 private:
  void look(const Word& name, std::size_t at) {
    std::size_t to = at + name.text.size();
    if (to < lower_.size() && letters::is_letter(lower_[to]) && !is_wide(name.text.back())) return;
    look_before(at, to);
    to = pass_whose(to);
    const std::size_t from = pass_link(at, to);
    // "user bob, password sunflower": a user before it makes a link.
    if (from == to && (lower_.substr(from, 1) != " " || !is_behind_user(lower_, at))) return;
    take(name, from);
  }

  // " for the guests", " of the safe (cellar)": up to five words before the link.
  std::size_t pass_whose(std::size_t at) const {
    std::size_t to = at;
    if (lower_.substr(to, 2) == " (")
      if (const std::size_t end = lower_.find(')', to); end != std::string_view::npos && end - to < 40) to = end + 1;
    if (word_at(lower_.substr(std::min(to, lower_.size()), 8), roles::of) == 0) return to;
    const std::size_t begin = to;
    for (std::size_t words = 0; words < 6; ++words) {
      ++to;
      while (to < lower_.size() && (is_in_word(lower_[to]) || letters::is_digit(lower_[to]))) ++to;
      if (to >= lower_.size()) return begin;
      if (lower_[to] == ':') return to;
      if (lower_[to] != ' ') return begin;
      if (link_at(to + 1)) return to;
    }
    return begin;
  }

  std::optional<std::size_t> link_at(std::size_t at) const {
    constexpr std::size_t longest = 32;
    const std::size_t length = at < lower_.size() ? word_at(lower_.substr(at, longest), roles::link) : 0;
    return length > 0 ? std::optional(at + length) : std::nullopt;
  }

  // The place of the value; the same place if nothing links the name to one. "To" needs a verb before the name.
  std::size_t pass_link(std::size_t name, std::size_t at) const {
    const std::size_t begin = at;
    bool linked = false;
    for (int steps = 0; steps < 6 && at < lower_.size(); ++steps) {
      while (at < lower_.size() && (letters::is_blank(lower_[at]) || is_quote(at))) ++at;
      if (at >= lower_.size()) break;
      if (lower_[at] == ':' || lower_[at] == '=') {
        ++at;
        linked = true;
      } else if (const auto behind = link_at(at)) {
        at = *behind;
        linked = true;
      } else if (!linked && (lower_.substr(at, 3) == "to " || lower_.substr(at, 4) == "auf ") && is_set_before(name)) {
        at += lower_.substr(at, 3) == "to " ? 3 : 4;
        linked = true;
      } else {
        break;
      }
    }
    return linked ? at : begin;
  }

  bool is_quote(std::size_t at) const { return is_quote_sign(lower_[at]); }

  bool is_set_before(std::size_t name) const {
    const std::string_view before = lower_.substr(name > 28 ? name - 28 : 0, std::min<std::size_t>(name, 28));
    return holds_word(before, roles::set);
  }

  void take(const Word& name, std::size_t from) {
    constexpr std::size_t least = 4;
    while (from < lower_.size() && (letters::is_blank(lower_[from]) || is_quote(from))) ++from;
    const bool quoted = from > 0 && is_quote(from - 1);
    const Words words = words_from(lower_, from);
    const std::size_t first = word_end(lower_, from);
    if (words.all == 0 || is_secret_reference(text_.substr(from, words.end - from))) return;
    if (words.all > 1 && ends_clause(lower_, words.end) &&
        is_phrase(words, (name.roles & roles::phrase_name) != 0 || quoted ? 2 : 4))
      return add(from, words.end);
    if (first - from < least || is_said(lower_.substr(from, first - from))) return;
    if (ends_clause(lower_, first) || goes_on(lower_, first)) add(from, first);
  }

  // "Sunflower is the wifi password".
  void look_before(std::size_t name, std::size_t to) {
    if (!ends_clause(lower_, to) && !goes_on(lower_, to)) return;
    const std::size_t reach = name > 40 ? name - 40 : 0;
    each_word_of(roles::is_the, [&](const Word& join) {
      const std::size_t at = lower_.rfind(join.text, name);
      if (at != std::string_view::npos && at >= reach && at + join.text.size() <= name)
        take_before(at, at + join.text.size(), name);
    });
  }

  // The word that ends at `at`, if only a short name of the password stands between `from` and `name`.
  void take_before(std::size_t at, std::size_t from, std::size_t name) {
    const std::string_view between = lower_.substr(from, name - from);
    if (std::count(between.begin(), between.end(), ' ') > 2 ||
        between.find_first_of(".,;:\n") != std::string_view::npos)
      return;
    std::size_t begin = at;
    while (begin > 0 && is_in_word(lower_[begin - 1])) --begin;
    std::size_t end = at;
    if (begin == end && at > 0 && is_quote(at - 1)) {  // "`sunflower` is the password"
      end = begin = at - 1;
      while (begin > 0 && is_in_word(lower_[begin - 1])) --begin;
    }
    const std::string_view word = lower_.substr(begin, end - begin);
    const std::string_view before = lower_.substr(begin > 4 ? begin - 4 : 0, std::min<std::size_t>(begin, 4));
    const bool is_alone =
        begin == 0 || before.find_first_of(".:;\n\"'`*!?") != std::string_view::npos || before == "use ";
    if (word.size() >= 4 && is_alone && !is_said(word)) add(begin, end);
  }

  void add(std::size_t begin, std::size_t end) { found_.push_back({begin, end, "password"}); }

  std::string_view text_, lower_;
  std::vector<Secret>& found_;
};

// Finds passwords that nothing but the sentence around them tells from other words: "the wifi password is sunflower",
// "passphrase: four plain words", "set the password to Sonnenblume", "sunflower is the password". What is said about a
// password ("is required", "is kept in the vault") stays. Linear in the text.
void find_plain_passwords(std::string_view text, std::string_view lower, std::vector<Secret>& found) {
  Finder(text, lower, found).run();
  each_word_of(roles::assigned_name, [&](const Word& name) {
    for (std::size_t at = lower.find(name.text); at != std::string::npos; at = lower.find(name.text, at + 1))
      find_assigned(lower, at, at + name.text.size(), found);
  });
}

// Goes through the words of a text once. A program of the table opens a command, which ends with its line or where a
// shell would begin another one; within it each option of the program is looked for.

constexpr std::string_view quotes = "\"'`";

struct Span {
  std::size_t begin = 0, end = 0;
};

// The next word from `at` on, in its quotes or not; empty: the command ends before.
Span next_word(std::string_view text, std::size_t at) {
  while (at < text.size() && letters::is_blank(text[at])) ++at;
  std::size_t end = at;
  char quote = 0;
  for (; end < text.size() && text[end] != '\n'; ++end) {
    const char c = text[end];
    if (quote != 0 ? c == quote : quotes.find(c) != std::string_view::npos)
      quote = quote != 0 ? 0 : c;
    else if (quote == 0 && (letters::is_blank(c) || std::string_view(";|&").find(c) != std::string_view::npos))
      break;
  }
  return {at, end};
}

// A value without its quotes, and without the sign that ends a sentence.
Span bare(std::string_view text, Span word) {
  while (word.begin < word.end && quotes.find(text[word.begin]) != std::string_view::npos) ++word.begin;
  while (word.end > word.begin && std::string_view("\"'`,.)").find(text[word.end - 1]) != std::string_view::npos)
    --word.end;
  return word;
}

void take(std::string_view text, Span value, std::vector<Secret>& found) {
  constexpr std::size_t least = 4;
  value = bare(text, value);
  const std::string_view word = text.substr(value.begin, value.end - value.begin);
  const std::string lower = letters::to_lower(word);
  const bool is_said = is_word(lower, roles::joint | roles::said | roles::plain_name | roles::password_name |
                                          roles::secret_name | roles::stand_in);
  if (word.size() >= least && word.front() != '-' && !is_said && !is_secret_reference(word))
    found.push_back({value.begin, value.end, "password"});
}

void take_behind_sign(std::string_view text, Span pair, std::string_view sign, std::vector<Secret>& found) {
  const std::size_t at = text.substr(pair.begin, pair.end - pair.begin).find(sign);
  if (at != std::string_view::npos) take(text, {pair.begin + at + 1, pair.end}, found);
}

// The value of an option that stands in this word or behind it.
std::optional<Span> value_of(std::string_view text, Span word, std::string_view options, bool joined) {
  std::optional<Span> value;
  letters::each_word(options, [&](std::string_view option) {
    const std::string_view whole = text.substr(word.begin, word.end - word.begin);
    if (!whole.starts_with(option)) return;
    const bool assigned = whole.size() > option.size() && whole[option.size()] == '=';
    if (whole == option && !joined)
      value = next_word(text, word.end);
    else if (whole.size() > option.size() && (joined || assigned || (option.size() == 2 && option[1] != '-')))
      value = Span{word.begin + option.size() + (assigned ? 1 : 0), word.end};
  });
  return value;
}

void look(std::string_view text, Span word, const Command& command, std::vector<Secret>& found) {
  if (const auto value = value_of(text, word, command.pairs, false))
    return take_behind_sign(text, *value, command.sign, found);
  if (std::ranges::none_of(text.substr(word.begin, word.end - word.begin), letters::is_letter)) return;
  if (const auto value = value_of(text, word, command.joined, true); value && value->end > value->begin)
    return take(text, *value, found);
  if (const auto value = value_of(text, word, command.values, false)) take(text, *value, found);
}

// Finds what such an option gives, however much it looks like a word. A place where the password is kept ("$PASS1") and
// a word that is said about passwords ("user:password") stay.
void find_in_commands(std::string_view text, std::vector<Secret>& found) {
  const Command* command = nullptr;
  bool counts = false;
  for (std::size_t at = 0; at < text.size();) {
    const Span word = next_word(text, at);
    if (word.end == word.begin) {
      command = nullptr;
      at = word.end + 1;
      continue;
    }
    if (command != nullptr && counts) look(text, word, *command, found);
    counts = counts || (command != nullptr && text.substr(word.begin, word.end - word.begin) == command->behind);
    if (command == nullptr) {
      const Span name = bare(text, word);
      const std::string_view path = text.substr(name.begin, name.end - name.begin);
      command = letters::find_row(commands(), &Command::program, path.substr(path.rfind('/') + 1));
      counts = command != nullptr && command->behind.empty();
    }
    at = word.end;
  }
}

}  // namespace

void find_placed(std::string_view text, std::vector<Secret>& found) {
  const std::string lower = letters::to_lower(text);
  find_named_values(text, lower, found);
  find_plain_passwords(text, lower, found);
  find_logins(text, lower, found);
  find_in_commands(text, found);
}

}  // namespace cascade::secrets
