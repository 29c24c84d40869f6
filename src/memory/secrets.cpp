// A secret is known by what its issuer puts in front of it, by where it stands, or by looking like chance. The order
// matters: what is known exactly goes first, so that its kind is named; entropy catches what nobody knows.
#include "memory/secrets.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "memory/secret_prefixes.h"
#include "recall/log2.h"
#include "text/ascii.h"

namespace cascade::memory {
namespace {

using letters::is_digit;
using letters::is_letter;
using letters::is_lower;
using letters::is_upper;

struct Found {
  std::size_t begin = 0, end = 0;
  std::string_view kind;
};

bool is_base64(char c) { return letters::is_letter_or_digit(c) || c == '+' || c == '/' || c == '='; }

bool begins_word(std::string_view text, std::size_t at) { return at == 0 || !is_token(text[at - 1]); }

bool is_hex(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return letters::hex_value(c) >= 0; });
}

void find_prefixes(std::string_view text, std::vector<Found>& found) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!begins_word(text, at)) continue;
    if (const Issued one = issued_at(text.substr(at)); one.length > 0) found.push_back({at, at + one.length, one.kind});
  }
}

// "-----BEGIN ... PRIVATE KEY-----" to its end, or to the text's where the end is not there.
void find_private_keys(std::string_view text, std::vector<Found>& found) {
  constexpr std::string_view begin_mark = "-----BEGIN", end_mark = "-----END";
  for (std::size_t at = text.find(begin_mark); at != std::string_view::npos; at = text.find(begin_mark, at + 1)) {
    const std::size_t head = text.find("-----", at + begin_mark.size());
    if (head == std::string_view::npos || head - at > 80 ||
        text.substr(at, head - at).find("PRIVATE KEY") == std::string_view::npos)
      continue;
    std::size_t end = text.find(end_mark, head);
    if (end != std::string_view::npos) end = text.find("-----", end + end_mark.size());
    found.push_back({at, end == std::string_view::npos ? text.size() : end + 5, "private-key"});
  }
  constexpr std::string_view putty = "PuTTY-User-Key-File";
  if (const std::size_t at = text.find(putty); at != std::string_view::npos)
    found.push_back({at, text.size(), "private-key"});
}

// scheme://user:PASSWORD@host
void find_passwords_in_addresses(std::string_view text, std::vector<Found>& found) {
  for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 1)) {
    const std::size_t begin = at + 3;
    std::size_t end = begin;
    while (end < text.size() && !letters::is_space(text[end]) && text[end] != '"' && text[end] != '\'' &&
           text[end] != '<' && text[end] != '>' && text[end] != '`')
      ++end;
    const std::string_view rest = text.substr(begin, end - begin);
    const std::size_t slash = std::min(rest.find_first_of("?#"), rest.size());
    const std::size_t host = rest.substr(0, slash).rfind('@');
    if (host == std::string_view::npos) continue;
    const std::size_t colon = rest.find(':');
    const std::size_t from = colon < host ? colon + 1 : 0;  // "https://TOKEN@host" has no user
    const std::string_view password = rest.substr(from, host - from);
    if (password.empty() || password.front() == '$' || password.front() == '{' || password == "***") continue;
    if (colon >= host && password.size() < 16) continue;  // a user's name
    found.push_back({begin + from, begin + host, "password-in-url"});
  }
}

// Addresses that are a secret themselves: https://hooks.slack.com/services/T/B/SECRET.
void find_hook_addresses(std::string_view text, std::vector<Found>& found) {
  struct Hook {
    std::string_view begin, kind;
  };
  constexpr std::array<Hook, 7> hooks = {{{"hooks.slack.com/services/", "slack-webhook"},
                                          {"hooks.slack.com/workflows/", "slack-webhook"},
                                          {"discord.com/api/webhooks/", "discord-webhook"},
                                          {"discordapp.com/api/webhooks/", "discord-webhook"},
                                          {"hooks.zapier.com/hooks/catch/", "zapier-webhook"},
                                          {"webhook.office.com/webhookb2/", "teams-webhook"},
                                          {"api.telegram.org/bot", "telegram"}}};
  for (const Hook& hook : hooks)
    for (std::size_t at = text.find(hook.begin); at != std::string_view::npos; at = text.find(hook.begin, at + 1)) {
      const std::size_t begin = at + hook.begin.size();
      std::size_t end = begin;
      while (end < text.size() && (is_dotted(text[end]) || text[end] == ':' || text[end] == '@')) ++end;
      while (end > begin && text[end - 1] == '.') --end;
      if (end - begin >= 8) found.push_back({begin, end, hook.kind});
    }
}

// Three parts of base64, the first of them an object: a JSON web token.
void find_web_tokens(std::string_view text, std::vector<Found>& found) {
  for (std::size_t at = text.find("eyJ"); at != std::string_view::npos; at = text.find("eyJ", at + 1)) {
    if (!begins_word(text, at)) continue;
    std::size_t end = at;
    while (end < text.size() && (is_token(text[end]) || text[end] == '.' || text[end] == '=')) ++end;
    while (end > at && text[end - 1] == '.') --end;
    if (end - at >= 30) found.push_back({at, end, "web-token"});
  }
}

// 123456789:AAE... as Telegram's bots have it; NAME:APA91b..., as Firebase addresses devices.
void find_bot_tokens(std::string_view text, std::vector<Found>& found) {
  for (std::size_t at = text.find(':'); at != std::string_view::npos; at = text.find(':', at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && is_digit(text[begin - 1])) --begin;
    const std::size_t end = run_end(text, at + 1, is_token);
    if (text.substr(at + 1, 6) == "APA91b" && end - at >= 100) {
      while (begin > 0 && is_token(text[begin - 1])) --begin;
      found.push_back({begin, end, "firebase"});
    }
    if (at - begin >= 8 && at - begin <= 10 && end - at - 1 >= 30) found.push_back({begin, end, "telegram"});
  }
}

// A value that nobody would write as a word: digits or signs among letters.
bool is_password_like(std::string_view value) {
  if (value.size() < 6) return false;
  const bool digit = std::any_of(value.begin(), value.end(), is_digit);
  const bool letter = std::any_of(value.begin(), value.end(), is_letter);
  const bool sign = std::any_of(value.begin(), value.end(), [](char c) {
    return std::string_view("!@#$%^&*~+=?").find(c) != std::string_view::npos;
  });
  const bool path = value.find('/') != std::string_view::npos && !sign;
  if (path && value.size() < 20) return false;
  return (digit && letter) || (sign && (letter || digit)) || (digit && value.size() >= 8);
}

bool all_digits(std::string_view text) { return !text.empty() && std::all_of(text.begin(), text.end(), is_digit); }

// Passes blanks, quotes and what leads from a name to its value: ":", "=", "is". Whether it was told so.
bool pass_to_value(std::string_view lower, std::size_t& at) {
  constexpr std::array<std::string_view, 13> links = {"is ", "to ", "ist ",  "lautet ", "es ", "est ", "was ",
                                                      "är ", "er ", "jest ", "是",      "は",  "："};
  bool told = false;
  while (at < lower.size()) {
    const char c = lower[at];
    const auto* const link = std::find_if(links.begin(), links.end(),
                                          [&](std::string_view word) { return lower.substr(at, word.size()) == word; });
    if (letters::is_blank(c) || c == '"' || c == '\'' || c == '`') {
      ++at;
    } else if (c == ':' || c == '=') {
      told = true;
      ++at;
    } else if (link != links.end()) {
      told = true;
      at += link->size();
    } else {
      break;
    }
  }
  return told;
}

// " of the safe is", " for guests:": at most four words; else where it was.
std::size_t pass_what_it_opens(std::string_view lower, std::size_t at) {
  constexpr std::array<std::string_view, 13> joins = {" of ",  " for ", " on ",  " in ", " at ", " to ", " von ",
                                                      " für ", " zum ", " zur ", " de ", " du ", " del "};
  if (std::none_of(joins.begin(), joins.end(),
                   [&](std::string_view join) { return lower.substr(at, join.size()) == join; }))
    return at;
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

// Of at least three sorts: capitals, small letters, digits, signs.
bool is_of_three_sorts(std::string_view value) {
  const bool sign = std::any_of(value.begin(), value.end(), [](char c) {
    return std::string_view("!@#$%^&*~+=?.-_:").find(c) != std::string_view::npos;
  });
  return value.size() >= 6 && (std::any_of(value.begin(), value.end(), is_upper) ? 1 : 0) +
                                      (std::any_of(value.begin(), value.end(), is_lower) ? 1 : 0) +
                                      (std::any_of(value.begin(), value.end(), is_digit) ? 1 : 0) + (sign ? 1 : 0) >=
                                  3;
}

std::size_t end_of_value(std::string_view text, std::size_t from) {
  std::size_t end = from;
  while (end < text.size() && !letters::is_space(text[end]) &&
         std::string_view("\"'`,;)<>").find(text[end]) == std::string_view::npos)
    ++end;
  while (end > from && (text[end - 1] == '.' || text[end - 1] == ':')) --end;
  return end;
}

// "correct-horse-battery": words that only dashes join.
bool is_passphrase(std::string_view value) {
  return value.size() >= 15 && std::count(value.begin(), value.end(), '-') >= 2 && is_letter(value.front()) &&
         is_letter(value.back()) &&
         std::all_of(value.begin(), value.end(), [](char c) { return is_letter(c) || c == '-'; });
}

// "Password" in some languages.
constexpr std::array<std::string_view, 34> password_names = {
    "password",   "passwort",     "passwd", "pwd",        "passphrase", "pass",          "kennwort",
    "contraseña", "mot de passe", "senha",  "wachtwoord", "lösenord",   "hasło",         "密码",
    "密碼",       "パスワード",   "пароль", "Пароль",     "парол",      "adgangskode",   "passord",
    "salasana",   "parola",       "heslo",  "jelszó",     "비밀번호",   "palavra-passe", "passcode",
    "schlüssel",  "schluessel",   "clave",  "wifi key",   "wi-fi key",  "door code"};
bool is_password_name(std::string_view name) {
  return std::find(password_names.begin(), password_names.end(), name) != password_names.end();
}

// The value of the name that ends at `from`.
void find_named_value(std::string_view text, std::string_view lower, std::string_view name, std::size_t from,
                      std::vector<Found>& found) {
  const bool longer = from < lower.size() && (lower[from] == '_' || lower[from] == '-');
  if (longer) {  // PASSWORD_MIN_LENGTH=12
    from = run_end(lower, from, is_token);
    if (from >= lower.size() || (lower[from] != '=' && lower[from] != ':')) return;
  }
  from = pass_what_it_opens(lower, from);
  // "wifi key harbour: X", where X is no word.
  const std::size_t word = from < lower.size() ? run_end(lower, from + 1, is_token) : from;
  if (is_password_name(name) && lower.substr(from, 1) == " " && lower.substr(word, 2) == ": " &&
      is_of_three_sorts(text.substr(word + 2, end_of_value(text, word + 2) - word - 2)))
    from = word;
  bool told = pass_to_value(lower, from) || name == "bearer" || name == "basic" || name == "token" ||
              name == "secret" || name == "pass";
  const std::size_t end = end_of_value(text, from);
  const std::string_view value = text.substr(from, end - from);
  if (name == "pin" || name == "pin code" || name == "pin-code") {
    const bool of_digits = std::all_of(value.begin(), value.end(), [](char c) { return is_digit(c) || c == '-'; });
    if ((told || name != "pin") && of_digits && value.size() >= 4 && value.size() <= 12)
      found.push_back({from, end, "pin"});
    return;
  }
  if (longer && all_digits(value)) return;
  if (value.substr(0, 2) == "${" || value.substr(0, 2) == "$(") return;  // where it comes from
  const bool pass = name.rfind("pass", 0) == 0 || (is_password_name(name) && is_of_three_sorts(value));
  if (told && is_password_name(name) && is_passphrase(value)) found.push_back({from, end, "password"});
  told = told || pass || (value.size() >= 16 && !all_digits(value));
  if (told && is_password_like(value) && value.find("://") == std::string_view::npos)
    found.push_back({from, end, name == "bearer" || name == "basic" ? "authorization" : "password"});
}

// "password: x", "token is x", "api_key=x", "Authorization: Bearer x", "the PIN of the safe is 4711".
void find_named_values(std::string_view text, std::vector<Found>& found) {
  constexpr std::array<std::string_view, 25> names = {
      "secret",     "token",      "api key",         "api_key",    "apikey",      "api-key",       "access key",
      "access_key", "auth key",   "private key",     "credential", "credentials", "bearer",        "basic",
      "accountkey", "secret key", "sharedaccesskey", "sig",        "pin code",    "client_secret", "license key",
      "pin-code",   "pin",        "geheimnis",       "licence key"};
  const std::string lower = letters::to_lower(text);
  const auto find = [&](std::string_view name, bool inside) {
    for (std::size_t at = lower.find(name); at != std::string::npos; at = lower.find(name, at + 1)) {
      const std::size_t from = at + name.size();
      if (!inside && at > 0 && is_letter(lower[at - 1])) continue;
      if (from < lower.size() && is_letter(lower[from])) continue;
      find_named_value(text, lower, name, from, found);
    }
  };
  for (const std::string_view name : names) find(name, false);
  // "PGPASSWORD=x", "das Adminpasswort ist x".
  for (const std::string_view name : password_names) find(name, name.size() > 4);
}

// "login admin / x".
void find_logins(std::string_view text, std::vector<Found>& found) {
  const std::string lower = letters::to_lower(text);
  for (std::size_t at = lower.find(" / "); at != std::string::npos; at = lower.find(" / ", at + 1)) {
    const std::size_t begin = at > 60 ? at - 60 : 0;
    const std::string_view before = std::string_view(lower).substr(begin, at - begin);
    constexpr std::array<std::string_view, 9> words = {"login",    "log in",    "sign in",     "user",  "account",
                                                       "benutzer", "anmeldung", "credentials", "zugang"};
    if (std::none_of(words.begin(), words.end(),
                     [&](std::string_view word) { return before.find(word) != std::string_view::npos; }))
      continue;
    const std::size_t end = end_of_value(text, at + 3);
    if (is_of_three_sorts(text.substr(at + 3, end - at - 3))) found.push_back({at + 3, end, "password"});
  }
}

// What commands are given: "curl -u user:x", "mysql -px", "sshpass -p x".
void find_in_commands(std::string_view text, std::vector<Found>& found) {
  struct Flag {
    std::string_view program, flag;
    bool after_user;  // the secret follows "user:"
  };
  constexpr std::array<Flag, 6> flags = {{{"curl", " -u ", true},
                                          {"curl", " --user ", true},
                                          {"mysql", " -p", false},
                                          {"mariadb", " -p", false},
                                          {"sshpass", " -p ", false},
                                          {"redis-cli", " -a ", false}}};
  for (const Flag& one : flags) {
    const std::size_t called = text.find(one.program);
    if (called == std::string_view::npos) continue;
    for (std::size_t at = text.find(one.flag, called); at != std::string_view::npos; at = text.find(one.flag, at + 1)) {
      std::size_t from = at + one.flag.size();
      const std::size_t end = end_of_value(text, from);
      if (one.after_user) from = std::min(text.find(':', from), end - (end > from ? 1 : 0)) + 1;
      if (from < end && is_password_like(text.substr(from, end - from))) found.push_back({from, end, "password"});
    }
  }
}

// Terraform's tokens have their mark inside.
void find_marked_inside(std::string_view text, std::vector<Found>& found) {
  constexpr std::string_view mark = ".atlasv1.";
  for (std::size_t at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && is_token(text[begin - 1])) --begin;
    const std::size_t end = run_end(text, at + mark.size(), is_dotted);
    if (end - at >= 30) found.push_back({begin, end, "terraform"});
  }
}

// Microsoft's client secrets have "Q~" after three signs and a digit.
void find_client_secrets(std::string_view text, std::vector<Found>& found) {
  for (std::size_t at = text.find("Q~"); at != std::string_view::npos; at = text.find("Q~", at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && at - begin < 4 && is_dotted(text[begin - 1])) --begin;
    const std::size_t end = run_end(text, at + 2, is_dotted);
    if (at - begin == 4 && end - at >= 30) found.push_back({begin, end, "azure"});
  }
}

// 64 * bits of information in a word, by how often each of its characters occurs in it.
std::uint32_t entropy_64(std::string_view word) {  // of one character
  std::array<std::uint32_t, 256> counts{};
  for (const char c : word) ++counts[static_cast<unsigned char>(c)];
  std::uint64_t sum = 0;
  for (const std::uint32_t count : counts)
    if (count > 0) sum += std::uint64_t{count} * recall::log2_64(count);
  return recall::log2_64(word.size()) - static_cast<std::uint32_t>(sum / word.size());
}

// How often the sort of character changes: in names seldom, in chance at every second place.
std::size_t changes_of(std::string_view word) {
  const auto sort = [](char c) { return is_digit(c) ? 0 : is_upper(c) ? 1 : is_lower(c) ? 2 : 3; };
  std::size_t changes = 0;
  for (std::size_t i = 1; i < word.size(); ++i) changes += sort(word[i]) != sort(word[i - 1]) ? 1 : 0;
  return changes;
}

bool says_hash(std::string_view text, std::size_t at) {
  const std::string before = letters::to_lower(text.substr(at > 24 ? at - 24 : 0, std::min<std::size_t>(at, 24)));
  for (const std::string_view word :
       {"commit", "sha256", "sha1", "sha512", "sha-256", "digest", "checksum", "revision", "hash", "integrity", "uuid",
        "etag", "md5", "trace", "span", "blob/", "tree/", "raw/", "fingerprint"})
    if (before.find(word) != std::string::npos) return true;
  return false;
}

// "ParserTest2024Q3", "ADR-0042-use-postgres": half of it are words as names are made of.
bool reads_as_name(std::string_view word) {
  std::size_t in_words = 0, parts = 0;
  bool plain = true;  // each part between dashes is of letters or of digits alone
  for (std::size_t begin = 0; begin <= word.size();) {
    const std::size_t end = std::min(word.find_first_of("-_", begin), word.size());
    const std::string_view part = word.substr(begin, end - begin);
    plain = plain && (all_digits(part) || std::all_of(part.begin(), part.end(), is_letter));
    parts += part.empty() ? 0 : 1;
    begin = end + 1;
  }
  if (plain && parts >= 4) return true;
  for (std::size_t i = 0; i < word.size();) {
    std::size_t end = i;
    while (end < word.size() && is_lower(word[end])) ++end;
    if (end - i >= 3) in_words += end - i + (i > 0 && is_upper(word[i - 1]) ? 1 : 0);
    i = std::max(end, i + 1);
  }
  return std::any_of(word.begin(), word.end(), is_upper) && in_words * 10 >= word.size() * 7;
}

bool is_chance(std::string_view word) {
  const bool digit = std::any_of(word.begin(), word.end(), is_digit);
  const bool letter = std::any_of(word.begin(), word.end(), is_letter);
  if (!digit || !letter) return false;
  if (reads_as_name(word)) return false;
  if (is_hex(word)) return word.size() >= 32 && entropy_64(word) >= 3 * 64;
  const bool mixed = std::any_of(word.begin(), word.end(), is_upper) && std::any_of(word.begin(), word.end(), is_lower);
  const std::size_t most = word.size() < 24 ? 3 : 4;  // a change at every so many characters, at the least
  if (word.size() >= 16 && word.size() < 20 && mixed)
    return entropy_64(word) >= 208 && changes_of(word) * 2 >= word.size() && word.find_first_of("-_") == word.npos;
  if (word.size() >= 20 && mixed) return entropy_64(word) >= 224 && changes_of(word) * most >= word.size();
  return word.size() >= 28 && entropy_64(word) >= 224 && changes_of(word) * 4 >= word.size();
}

void find_chance(std::string_view text, std::vector<Found>& found) {
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
      if (is_chance(word) && !says_hash(text, begin)) found.push_back({begin, stop, "high-entropy"});
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

}  // namespace

Redacted without_secrets(std::string_view text) {
  std::vector<Found> found;
  find_private_keys(text, found);
  find_passwords_in_addresses(text, found);
  find_hook_addresses(text, found);
  find_web_tokens(text, found);
  find_bot_tokens(text, found);
  find_prefixes(text, found);
  find_client_secrets(text, found);
  find_marked_inside(text, found);
  find_named_values(text, found);
  find_logins(text, found);
  find_in_commands(text, found);
  find_chance(text, found);
  // The first that was found keeps its kind; what overlaps it makes it longer.
  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) { return a.begin < b.begin; });
  Redacted result;
  std::size_t at = 0;
  for (std::size_t i = 0; i < found.size();) {
    std::size_t end = found[i].end, next = i + 1;
    while (next < found.size() && found[next].begin < end) end = std::max(end, found[next++].end);
    result.text.append(text.substr(at, found[i].begin - at));
    result.text.append("[secret removed: ").append(found[i].kind).append("]");
    result.kinds.emplace_back(found[i].kind);
    at = end;
    i = next;
  }
  result.text.append(text.substr(at));
  return result;
}

}  // namespace cascade::memory
