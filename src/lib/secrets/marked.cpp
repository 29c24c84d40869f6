// Secrets that their issuers mark: their form is public, so their kind can be named. The rows are sorted by mark, so
// the first byte of a word leads to the few rows that can fit; the longest mark decides.
#include <algorithm>
#include <array>
#include <bit>
#include <cassert>
#include <charconv>
#include <string>

#include "secrets/find.h"
#include "secrets/words.h"
#include "text/ascii.h"
#include "text/hex.h"

namespace cascade::secrets {
namespace {

// The beginning of a text in base64, as far as its letters go.
std::string decoded(std::string_view text) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  std::string out;
  std::uint32_t bits = 0, count = 0;
  for (const char c : text) {
    const std::size_t value = alphabet.find(c);
    if (value == std::string_view::npos) break;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    count += 6;
    if (count < 8) continue;
    count -= 8;
    out += static_cast<char>(bits >> count & 0xFF);
  }
  return out;
}

// Three parts of base64 with dots between them, two of which begin with an encoded brace. A claim that counts up
// ("1234567890") is that of the samples of every page about such tokens.
bool is_web_token(std::string_view token) {
  std::array<std::string_view, 3> parts;
  for (std::string_view& part : parts) {
    part = token.substr(0, token.find('.'));
    if (part.size() < 16) return false;
    token.remove_prefix(std::min(part.size() + 1, token.size()));
  }
  return token.empty() && parts[1].substr(0, 2) == "ey" && !counts_up(decoded(parts[1])) && looks_random(parts[2]) &&
         !counts_up(parts[2]) && !holds_word(parts[2], roles::made_up);
}

// Short marks also begin words, so what follows must hold a digit, or be longer than any word is without a sign in
// between ("hf_" and 34 letters).
bool is_no_word(std::string_view mark, std::string_view rest) {
  constexpr std::size_t short_mark = 4, longest_word = 28;
  if (mark.size() >= short_mark) return true;
  const bool is_set_off = mark.back() == '_' || mark.back() == '-';
  return std::any_of(rest.begin(), rest.end(), letters::is_digit) ||
         (is_set_off && rest.size() > longest_word && rest.find_first_of("_-") == std::string_view::npos);
}

// A picture or an archive in base64 holds every short mark somewhere: a long run, with a plus, goes on around the word.
bool is_in_base64(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::size_t far = 256, longest_path = 128;
  const auto belongs_there = [](char c) { return letters::is_letter_or_digit(c) || c == '+' || c == '/'; };
  const std::size_t first = begin, last = end;
  while (begin > 0 && first - begin < far && belongs_there(text[begin - 1])) --begin;
  while (end < text.size() && end - last < far && belongs_there(text[end])) ++end;
  return first - begin + end - last > longest_path && text.substr(begin, end - begin).find('+') != text.npos;
}

bool is_certain(const Form& form, std::string_view whole, std::string_view value) {
  if (form.letters == Letters::web) return is_web_token(whole);
  if (form.issued > 0 && value.size() != form.issued) return false;
  return looks_random(value) && !counts_up(longest_part(value)) && !is_made_of_runs(longest_part(value)) &&
         !holds_word(value, roles::made_up);
}

// Adds the secret from `begin`, whose mark ends at `from`, if what follows the mark has the form.
bool add_if_fits(std::string_view text, const Form& form, std::size_t begin, std::size_t from,
                 std::vector<Secret>& found) {
  const std::size_t end = run_end(text, from, form.letters), length = end - from;
  if (length < form.least || (form.most > 0 && length > form.most)) return false;
  // The alphabet ends within a word.
  if (end < text.size() && form.letters <= Letters::digits && letters::is_word(text[end])) return false;
  const std::string_view value = text.substr(from, length);
  if (form.place == Place::word && !is_no_word(form.mark, value)) return false;
  if (form.letters != Letters::upper && form.letters != Letters::digits ? is_stand_in(value)
                                                                        : holds_word(value, roles::stand_in))
    return false;
  const std::size_t shown = form.place == Place::word ? form.mark.size() : 0;
  const bool sure = is_certain(form, text.substr(begin, end - begin), value) && !is_in_base64(text, begin, end);
  found.push_back({begin, end, form.kind, form.what, shown, sure, form.public_beside});
  return true;
}

// Lines of base64, not "..." nor a pattern by which a program finds keys.
bool is_key(const Form& form, std::string_view title, std::string_view body) {
  if (body.substr(0, 2000).find("Private-Lines:") != std::string_view::npos) return true;  // PuTTY's
  if (title.find_first_of("[]()*+?.|") != std::string_view::npos) return false;
  body = body.substr(0, 200);
  const std::string_view inside = body.substr(0, body.find_first_of("-.<"));
  const auto signs = std::count_if(inside.begin(), inside.end(), letters::is_letter_or_digit);
  return signs >= static_cast<std::ptrdiff_t>(form.least) && looks_random(inside) && !counts_up(inside) &&
         !holds_word(inside, roles::made_up);
}

// One line under the mark, and then words: a page that shows how a key is noticed.
bool is_beginning_shown(std::string_view body) {
  constexpr std::size_t one_line = 100;
  for (std::size_t i = 1; i + 1 < std::min(body.size(), one_line); ++i)
    if (body[i] == ' ' && letters::is_letter(body[i - 1]) && letters::is_letter(body[i + 1])) return true;
  return false;
}

// "-----BEGIN ... PRIVATE KEY-----" at `at`, up to its end mark, or to the end of the text if there is none. Returns
// where the search goes on.
std::size_t add_key_block(std::string_view text, const Form& form, std::size_t at, std::vector<Secret>& found) {
  constexpr std::string_view end_mark = "-----END", dashes = "-----";
  const std::size_t next = at + form.mark.size();
  std::size_t head = next, end = text.size();
  if (form.mark.substr(0, dashes.size()) == dashes) {
    const std::size_t closing = text.find(dashes, head);
    if (closing == std::string_view::npos || closing - at > 80) return next;
    if (text.substr(at, closing - at).find("PRIVATE KEY") == std::string_view::npos) return next;
    head = closing + dashes.size();
    if (const std::size_t last = text.find(end_mark, head); last != std::string_view::npos)
      end = std::min(text.find(dashes, last + end_mark.size()), text.size() - dashes.size()) + dashes.size();
  }
  const bool sure = is_key(form, text.substr(at, head - at), text.substr(head, end - head)) &&
                    !(end == text.size() && is_beginning_shown(text.substr(head)));
  found.push_back({at, end, form.kind, form.what, head - at, sure});
  return end;
}

// A text without blanks in which marks follow each other would be read once for each of them: after so many, the rest
// up to the next blank is left.
class Attempts {
 public:
  // False: go on at end().
  bool allows(std::string_view text, std::size_t at) noexcept {
    constexpr int most = 64;
    if (at >= end_) {
      end_ = std::max(run_end(text, at, Letters::printable), at + 1);
      count_ = 0;
    }
    return ++count_ <= most;
  }
  std::size_t end() const noexcept { return end_; }

 private:
  std::size_t end_ = 0;
  int count_ = 0;
};

// Most texts that begin like a mark have another letter where it ends.
bool begins_with(std::string_view text, std::size_t at, std::string_view mark) noexcept {
  return text.size() - at >= mark.size() && text[at + mark.size() - 1] == mark.back() &&
         text.substr(at, mark.size()) == mark;
}

// The search for one mark that may stand anywhere: the secret follows it, or holds it.
class AnywhereSearch {
 public:
  explicit AnywhereSearch(const Form& form) noexcept : form_(&form) {}

  void take(std::string_view text, std::size_t at, std::vector<Secret>& found) {
    if (at < next_ || !begins_with(text, at, form_->mark)) return;
    const std::size_t from = next_ = at + form_->mark.size();
    if (form_->letters == Letters::block) {
      next_ = add_key_block(text, *form_, at, found);
    } else if (!attempts_.allows(text, at)) {
      next_ = attempts_.end();
    } else if (form_->place == Place::behind) {
      add_if_fits(text, *form_, from, from, found);
    } else {
      std::size_t begin = at;
      while (begin > 0 && at - begin <= form_->most_before && belongs(text[begin - 1], form_->before)) --begin;
      if (at - begin >= form_->least_before && at - begin <= form_->most_before)
        add_if_fits(text, *form_, begin, from, found);
    }
  }

 private:
  const Form* form_;
  Attempts attempts_;
  std::size_t next_ = 0;
};

bool is_anywhere(const Form& form) noexcept { return form.place != Place::word || form.letters == Letters::block; }

// The rows whose mark begins with each byte.
struct FirstBytes {
  std::array<std::uint16_t, 257> rows{};
  FirstBytes() noexcept {
    const std::span<const Form> all = forms();
    std::size_t row = 0;
    for (std::size_t byte = 0; byte < rows.size(); ++byte) {
      while (row < all.size() && static_cast<unsigned char>(all[row].mark.front()) < byte) ++row;
      rows[byte] = static_cast<std::uint16_t>(row);
    }
  }
};

// Finds secrets without any known mark: long words with more entropy than names have, in which the kind of character
// changes often. Words that the text calls hashes stay.

bool is_base64(char c) { return letters::is_letter_or_digit(c) || c == '+' || c == '/' || c == '='; }

// Counts how often the kind of character changes: rarely in names, at every second place in random words.
std::size_t changes_of(std::string_view word) {
  const auto sort = [](char c) {
    return letters::is_digit(c) ? 0 : letters::is_upper(c) ? 1 : letters::is_lower(c) ? 2 : 3;
  };
  std::size_t changes = 0;
  for (std::size_t i = 1; i < word.size(); ++i) changes += sort(word[i]) != sort(word[i - 1]) ? 1 : 0;
  return changes;
}

// Looks at the 24 bytes before the word, which is room for "the commit" or "sha256:" and not for the sentence before.
bool says_hash(std::string_view text, std::size_t at, std::string_view word) {
  constexpr std::size_t commit = 40;
  if (at > 0 && text[at - 1] == '@' && word.size() == commit && letters::is_commit_id(word)) return true;  // "x/y@ID"
  if (is_word(letters::to_lower(word.substr(0, word.find('-'))), roles::digest)) return true;  // "sha512-..."
  return holds_word(text.substr(at > 24 ? at - 24 : 0, std::min<std::size_t>(at, 24)), roles::digest);
}

// "ParserTest2024Q3", "ADR-0042-use-postgres": at least half of the word consists of words as in names.
bool is_name(std::string_view word) {
  constexpr std::size_t short_part = 6;
  std::size_t in_words = 0, parts = 0;
  std::size_t mixed = 0;  // parts between dashes that are neither only letters nor only digits; a short one is a mark
  for (std::size_t begin = 0; begin <= word.size();) {
    const std::size_t end = std::min(word.find_first_of("-_", begin), word.size());
    const std::string_view part = word.substr(begin, end - begin);
    if (!all_digits(part) && !std::all_of(part.begin(), part.end(), letters::is_letter))
      mixed += part.size() <= short_part ? 1 : 2;
    parts += part.empty() ? 0 : 1;
    begin = end + 1;
  }
  if (mixed <= 1 && parts >= 4) return true;
  for (std::size_t i = 0; i < word.size();) {
    std::size_t end = i;
    while (end < word.size() && letters::is_lower(word[end])) ++end;
    if (end - i >= 3) in_words += end - i + (i > 0 && letters::is_upper(word[i - 1]) ? 1 : 0);
    i = std::max(end, i + 1);
  }
  return std::any_of(word.begin(), word.end(), letters::is_upper) && in_words * 10 >= word.size() * 7;
}

// Hexadecimal, or in groups between dashes as a UUID: by its shape it is an id. Only what is called a secret is one.
bool is_id(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return letters::hex_value(c) >= 0 || c == '-'; });
}

// Looks at the 32 bytes before the word: "with auth token 4f2a…", "the secret of staging is 4f2a…".
bool is_called_secret(std::string_view text, std::size_t at, std::string_view word) {
  constexpr std::size_t near = 32, least = 32;
  const std::string_view before = text.substr(at > near ? at - near : 0, std::min(at, near));
  return word.size() >= least && is_id(word) && entropy_256(word) >= 3 * 256 &&
         (holds_word(before, roles::secret_name) || holds_word(before, roles::password_name));
}

// The thresholds by length: the shorter a word, the more of its bits and changes must be there, because a short name
// reaches the same entropy by accident. In 256ths of a bit; 832 is 3.25 bits a character, 896
// is 3.5.
bool is_chance(std::string_view word) {
  const bool digit = std::ranges::any_of(word, letters::is_digit),
             letter = std::ranges::any_of(word, letters::is_letter);
  if (!digit || !letter || is_name(word) || is_id(word)) return false;
  const bool mixed = std::ranges::any_of(word, letters::is_upper) && std::ranges::any_of(word, letters::is_lower);
  const std::size_t most = word.size() < 24 ? 3 : 4;  // at least one change per this many characters
  if (word.size() >= 16 && word.size() < 20 && mixed)
    return entropy_256(word) >= 832 && changes_of(word) * 2 >= word.size() && word.find_first_of("-_") == word.npos;
  if (word.size() >= 20 && mixed) return entropy_256(word) >= 896 && changes_of(word) * most >= word.size();
  return word.size() >= 28 && entropy_256(word) >= 896 && changes_of(word) * 4 >= word.size();
}

// Passwords in addresses: scheme://user:PASSWORD@host.

// "p%40ssw0rd" is "password": signs and digits as the letters that they stand for.
std::string plain_letters(std::string_view password) {
  constexpr std::string_view from = "@$0134578", to = "asoieastb";
  std::string out;
  for (std::size_t i = 0; i < password.size(); ++i) {
    int value = 0;
    const std::string_view code = password.substr(i + 1, 2);
    char c = password[i];
    if (c == '%' && code.size() == 2 &&
        std::from_chars(code.data(), code.data() + 2, value, 16).ptr == code.data() + 2) {
      c = static_cast<char>(value);
      i += 2;
    }
    const std::size_t stands_for = from.find(c);
    out += stands_for == std::string_view::npos ? letters::to_lower(c) : to[stands_for];
  }
  return out;
}

// A name without a dot is a machine beside this one, or a word for any host: what opens it opens nothing elsewhere.
bool is_nearby(std::string_view host) {
  host = host.substr(0, host.find_first_of("/?#:"));
  return host.find('.') == std::string_view::npos || host == "127.0.0.1" || host == "0.0.0.0";
}

// Neither the words that every tutorial has there, nor a pattern by which a program finds addresses.
bool is_certain(std::string_view password) {
  constexpr std::size_t least = 8;
  return password.size() >= least && std::ranges::any_of(password, letters::is_digit) &&
         std::ranges::any_of(password, letters::is_letter) &&
         password.find_first_of("[]()+*\\^|/{$@") == std::string_view::npos && looks_random(password) &&
         !counts_up(password) && !is_made_of_runs(password) &&
         !holds_word(password, roles::made_up | roles::usual_password) &&
         !holds_word(plain_letters(password), roles::usual_password);
}

// The word for the host that an address goes on with, if the users in its addresses are public.
std::string_view public_host(std::string_view rest) {
  const std::string_view host = rest.substr(0, rest.find_first_of("/?#:"));
  std::string_view found;
  each_word_of(roles::public_host, [&](const Word& word) {
    if (host.ends_with(word.text)) found = word.text;
  });
  return found;
}

}  // namespace

// One pass: the order does not matter, since what is found may overlap.
void find_marked(std::string_view text, std::vector<Secret>& found) {
  const std::span<const Form> all = forms();
  std::vector<AnywhereSearch> searches;
  std::array<std::uint64_t, 256> anywhere{};  // bits of the searches whose mark begins with the byte
  for (const Form& form : all) {
    if (!is_anywhere(form)) continue;
    assert(searches.size() < 64);
    anywhere[static_cast<unsigned char>(form.mark.front())] |= std::uint64_t{1} << searches.size();
    searches.emplace_back(form);
  }
  const FirstBytes first;
  Attempts attempts;
  std::size_t next = 0;  // where a word may begin
  for (std::size_t at = 0; at < text.size(); ++at) {
    const std::size_t byte = static_cast<unsigned char>(text[at]);
    for (std::uint64_t bits = anywhere[byte]; bits != 0; bits &= bits - 1)
      searches[static_cast<std::size_t>(std::countr_zero(bits))].take(text, at, found);
    if (at < next || first.rows[byte] == first.rows[byte + 1]) continue;
    if (at > 0 && letters::is_name(text[at - 1])) continue;
    for (std::size_t row = first.rows[byte + 1]; row-- > first.rows[byte];) {  // the longer mark comes later
      const Form& form = all[row];
      if (!begins_with(text, at, form.mark) || is_anywhere(form)) continue;
      if (!attempts.allows(text, at)) {
        next = attempts.end();
        break;
      }
      if (add_if_fits(text, form, at, at + form.mark.size(), found)) break;
    }
  }
}

void find_chance(std::string_view text, std::vector<Secret>& found) {
  for (std::size_t at = 0; at < text.size();) {
    if (!is_base64(text[at]) && text[at] != '_' && text[at] != '-') {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && (is_base64(text[end]) || text[end] == '_' || text[end] == '-')) ++end;
    std::size_t from = at;
    const auto look = [&](std::size_t begin, std::size_t stop) {
      const std::string_view word = text.substr(begin, stop - begin);
      if ((is_chance(word) || is_called_secret(text, begin, word)) && !says_hash(text, begin, word))
        found.push_back({begin, stop, "high-entropy"});
    };
    if (const std::size_t equals = text.substr(at, end - at).find('='); equals != std::string_view::npos && equals > 0)
      if (at + equals + 1 < end && text[at + equals + 1] != '=') from = at + equals + 1;  // NAME=value
    const std::string_view word = text.substr(from, end - from);
    const bool is_path = !word.empty() && (word.front() == '/' || (from > 0 && text[from - 1] == '.'));
    if (!is_path) look(from, end);
    if (word.find('/') != std::string_view::npos)
      for (std::size_t begin = from; begin < end;) {  // a path, whose parts may be secret
        const std::size_t stop = std::min(text.find('/', begin), end);
        look(begin, stop);
        begin = stop + 1;
      }
    at = end;
  }
}

void find_in_addresses(std::string_view text, std::vector<Secret>& found) {
  constexpr std::string_view scheme_end = "://";
  constexpr std::size_t longest = 2000;
  std::size_t next = 0;
  for (std::size_t at = text.find(scheme_end); at != std::string_view::npos; at = text.find(scheme_end, next)) {
    const std::size_t begin = at + scheme_end.size();
    std::size_t end = begin;
    while (end < text.size() && end - begin < longest && !letters::is_space(text[end]) &&
           std::string_view("\"'<>`").find(text[end]) == std::string_view::npos)
      ++end;
    const std::string_view rest = text.substr(begin, end - begin);
    next = begin + std::min(rest.find(scheme_end), rest.size());
    const std::size_t stop = std::min(rest.find_first_of("?#"), next - begin);
    // The last "@" ends the password, which may hold others unescaped.
    const std::size_t host = rest.substr(0, stop).rfind('@');
    if (host == std::string_view::npos) continue;
    const std::size_t colon = rest.find(':');
    const std::size_t from = colon < host ? colon + 1 : 0;  // "https://TOKEN@host" has no user
    const std::string_view password = rest.substr(from, host - from);
    if (password.empty() || password.front() == '{' || password == "***" || is_secret_reference(password)) continue;
    if (colon >= host && password.size() < 16) continue;  // a user's name
    found.push_back({begin + from, begin + host, "password-in-url", "a password", 0,
                     from > 1 && is_certain(password) && !is_nearby(rest.substr(host + 1)),
                     public_host(rest.substr(host + 1))});
  }
}

}  // namespace cascade::secrets
