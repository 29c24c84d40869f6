// Finds a name ("password", "Kennwort"), then what links it to its value ("is", ":", "was changed to"), and then takes
// one word up to the end of its clause, or the words of a passphrase. A word that says something about passwords ends
// the search: those are few, and they are rows of words.tsv. A password that is such a word ("secret") stays.
#include "secrets/plain_passwords.h"

#include <algorithm>
#include <optional>
#include <string>

#include "secrets/references.h"
#include "secrets/words.h"
#include "text/ascii.h"

namespace cascade::secrets {
namespace {

bool is_wide(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool is_in_word(char c) { return letters::is_letter(c) || is_wide(c) || c == '\'' || c == '-'; }

bool ends_with_word(std::string_view lower, Roles role) {
  bool ends = false;
  each_word_of(role, [&](const Word& end) {
    ends = ends || (lower.size() > end.text.size() + 2 && lower.substr(lower.size() - end.text.size()) == end.text);
  });
  return ends;
}

bool is_said(std::string_view lower) {
  if (is_word(lower, roles::joint | roles::said)) return true;
  if (lower.size() > 6 && ends_with_word(lower, roles::said_end)) return true;
  const bool is_participle =
      lower.substr(0, 2) == "ge" && lower.size() > 6 && (lower.back() == 't' || lower.back() == 'n');
  return is_participle || holds_word(lower, roles::said_part);
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
  Finder(std::string_view text, std::vector<Secret>& found)
      : text_(text), lower_(letters::to_lower(text)), found_(found) {}

  void run() {
    each_word_of(roles::plain_name | roles::phrase_name, [&](const Word& name) {
      for (std::size_t at = view().find(name.text); at != std::string_view::npos; at = view().find(name.text, at + 1))
        look(name, at);
    });
  }

 private:
  std::string_view view() const { return lower_; }

  void look(const Word& name, std::size_t at) {
    std::size_t to = at + name.text.size();
    if (to < lower_.size() && letters::is_letter(lower_[to]) && !is_wide(name.text.back())) return;
    look_before(at, to);
    to = pass_whose(to);
    const std::size_t from = pass_link(at, to);
    if (from == to && !is_credential_pair(at, from)) return;
    take(name, from);
  }

  // " for the guests", " of the safe (cellar)": up to five words before the link.
  std::size_t pass_whose(std::size_t at) const {
    std::size_t to = at;
    if (view().substr(to, 2) == " (")
      if (const std::size_t end = view().find(')', to); end != std::string_view::npos && end - to < 40) to = end + 1;
    if (word_at(view().substr(std::min(to, lower_.size()), 8), roles::of) == 0) return to;
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
    const std::size_t length = at < lower_.size() ? word_at(view().substr(at, longest), roles::link) : 0;
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
      } else if (!linked && (view().substr(at, 3) == "to " || view().substr(at, 4) == "auf ") && is_set_before(name)) {
        at += view().substr(at, 3) == "to " ? 3 : 4;
        linked = true;
      } else {
        break;
      }
    }
    return linked ? at : begin;
  }

  bool is_quote(std::size_t at) const { return is_quote_sign(lower_[at]); }

  bool is_set_before(std::size_t name) const {
    const std::string_view before = view().substr(name > 28 ? name - 28 : 0, std::min<std::size_t>(name, 28));
    return holds_word(before, roles::set);
  }

  // "user bob, password sunflower": a user before it makes a link.
  bool is_credential_pair(std::size_t name, std::size_t from) const {
    return view().substr(from, 1) == " " && is_behind_user(view(), name);
  }

  void take(const Word& name, std::size_t from) {
    constexpr std::size_t least = 4;
    while (from < lower_.size() && (letters::is_blank(lower_[from]) || is_quote(from))) ++from;
    const bool quoted = from > 0 && is_quote(from - 1);
    const Words words = words_from(view(), from);
    const std::size_t first = word_end(view(), from);
    if (words.all == 0 || is_secret_reference(text_.substr(from, words.end - from))) return;
    if (words.all > 1 && ends_clause(view(), words.end) &&
        is_phrase(words, (name.roles & roles::phrase_name) != 0 || quoted ? 2 : 4))
      return add(from, words.end);
    if (first - from < least || is_said(view().substr(from, first - from))) return;
    if (ends_clause(view(), first) || goes_on(view(), first)) add(from, first);
  }

  // "Sunflower is the wifi password".
  void look_before(std::size_t name, std::size_t to) {
    if (!ends_clause(view(), to) && !goes_on(view(), to)) return;
    const std::size_t reach = name > 40 ? name - 40 : 0;
    each_word_of(roles::is_the, [&](const Word& join) {
      const std::size_t at = view().rfind(join.text, name);
      if (at != std::string_view::npos && at >= reach && at + join.text.size() <= name)
        take_before(at, at + join.text.size(), name);
    });
  }

  // The word that ends at `at`, if only a short name of the password stands between `from` and `name`.
  void take_before(std::size_t at, std::size_t from, std::size_t name) {
    const std::string_view between = view().substr(from, name - from);
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
    const std::string_view word = view().substr(begin, end - begin);
    const bool is_alone =
        begin == 0 ||
        view().substr(begin > 4 ? begin - 4 : 0, std::min<std::size_t>(begin, 4)).find_first_of(".:;\n\"'`*!?") !=
            std::string_view::npos ||
        view().substr(begin > 4 ? begin - 4 : 0, std::min<std::size_t>(begin, 4)) == "use ";
    if (word.size() >= 4 && is_alone && !is_said(word)) add(begin, end);
  }

  void add(std::size_t begin, std::size_t end) { found_.push_back({begin, end, "password"}); }

  std::string_view text_;
  std::string lower_;
  std::vector<Secret>& found_;
};

}  // namespace

void find_plain_passwords(std::string_view text, std::vector<Secret>& found) {
  Finder(text, found).run();
  const std::string lower = letters::to_lower(text);
  each_word_of(roles::assigned_name, [&](const Word& name) {
    for (std::size_t at = lower.find(name.text); at != std::string::npos; at = lower.find(name.text, at + 1))
      find_assigned(lower, at, at + name.text.size(), found);
  });
}

}  // namespace cascade::secrets
