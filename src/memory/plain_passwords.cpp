// Finds a name ("password", "Kennwort"), then what links it to its value ("is", ":", "was changed to"), and then takes
// one word up to the end of its clause, or the words of a passphrase. A word that says something about passwords ends
// the search: those are few, and they are the rows below. A password that is such a word ("secret") stays.
#include "memory/plain_passwords.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "memory/secret_references.h"
#include "text/ascii.h"

namespace cascade::memory {
namespace {

struct Name {
  std::string_view word;
  bool of_phrase = false;  // its value is usually several words
};
constexpr std::array<Name, 36> names = {{{"passphrase", true},
                                         {"pass phrase", true},
                                         {"seed phrase", true},
                                         {"recovery phrase", true},
                                         {"mnemonic", true},
                                         {"passwortsatz", true},
                                         {"password"},
                                         {"passwort"},
                                         {"passwd"},
                                         {"pwd"},
                                         {"passcode"},
                                         {"kennwort"},
                                         {"contraseña"},
                                         {"mot de passe"},
                                         {"senha"},
                                         {"wachtwoord"},
                                         {"lösenord"},
                                         {"hasło"},
                                         {"пароль"},
                                         {"Пароль"},
                                         {"adgangskode"},
                                         {"passord"},
                                         {"salasana"},
                                         {"heslo"},
                                         {"jelszó"},
                                         {"palavra-passe"},
                                         {"wifi key"},
                                         {"wi-fi key"},
                                         {"wlan-schlüssel"},
                                         {"door code"},
                                         {"密码"},
                                         {"密碼"},
                                         {"パスワード"},
                                         {"비밀번호"},
                                         {"login code"},
                                         {"codeword"}}};

// What links a name to its value, longest first. All are followed by the value or by another link.
constexpr std::array<std::string_view, 42> links = {"has been changed to ",
                                                    "has been set to ",
                                                    "was changed to ",
                                                    "is set to ",
                                                    "was set to ",
                                                    "changed to ",
                                                    "set to ",
                                                    "should be ",
                                                    "will be ",
                                                    "is now ",
                                                    "is still ",
                                                    "is currently ",
                                                    "is just ",
                                                    "is simply ",
                                                    "is always ",
                                                    "is called ",
                                                    "is ",
                                                    "was ",
                                                    "are ",
                                                    "reads ",
                                                    "equals ",
                                                    "lautet ",
                                                    "heißt ",
                                                    "ist jetzt ",
                                                    "ist ",
                                                    "war ",
                                                    "wurde zu ",
                                                    "est ",
                                                    "es ",
                                                    "é ",
                                                    "è ",
                                                    "är ",
                                                    "er ",
                                                    "jest ",
                                                    "on ",
                                                    "是",
                                                    "为",
                                                    "は",
                                                    "：",
                                                    "=> ",
                                                    "-> ",
                                                    "→ "};

// Words that join others to a sentence, and words that are said about passwords; a blank around each.
constexpr std::string_view joints =
    " "
    "a aber after against along am an and are as at back be because been before bei being between but by can "
    "could dans das dem den der did die do does down during ein eine einen el en for from had has have he her "
    "his how if im in into is it its kein keine la las le les like los may might mit must my nicht no none not "
    "oder of off ohne onto or our out over per shall she should since so than that the their them then these "
    "they this those to un una und under une unless until up via von was we wenn were what when where which who "
    "whose why wie will with within without wo would you your zu zum zur"
    " ";
constexpr std::string_view said =
    " "
    "abgelaufen about above absent accepted access account accounts admin again all allowed already also alt "
    "always anders any anything argument array asked auth authentication authorization automatically bad bald "
    "begin bekannt below better blank bool boolean both box boxes broken bytea bytes censored centrally change "
    "changed changeme changes char check checked checks common compromised config configuration confirm "
    "confirmation connect continue correct correcta correcto credential credentials da daily decrypted default "
    "deleted denied deprecated dialog dict different disabled done dort each either elsewhere email empty "
    "enabled encoded encrypted enter entered env environment equal erforderlich every everything example "
    "expired external externally facultatif falsch false field file files find fine finish fixed flag flow "
    "follow forbidden form forms found fresh geheim generated generator get given gleich globally gone good "
    "handled hash hashed hashes hashing held here heute hidden hier hint hinterlegt hints hourly hygiene "
    "identical immer incorrect incorrecta input insecure inside int integer internal internally invalid jetzt "
    "just kept key keychain keys known later leaked leer length link links list local locally locked log logged "
    "login logins long lost mail managed management manager managers mandatory manually map masked missing "
    "monthly morgen name names necessary needed neither neu never new nie nil noch noetig nothing notwendig now "
    "null number nur nötig object obligatoire obligatoria obligatorio offline often ok okay old on once one "
    "online only open option optional options outside page pages parameter pass passcode passed passphrase "
    "passwd password passwords periodically permanent personal phrase placeholder plain policies policy present "
    "printed private proceed prompt prompts protected protection provided public publicly pwd quarterly quite "
    "random randomly read recovery redacted refused regularly rejected remote removed request requests required "
    "requis requise reset resets reused richtig right rotated rotation rotations rule rules safe safely salt "
    "salted same sample saved schon screen secret secreta secreto secretstr secure securely see segura seguro "
    "sent separately set setting settings shared short shown sicher sign some something sometimes somewhere "
    "soon stale start still stolen stop storage stored str strength string strong supported tbd temporary text "
    "there today todo together token tomorrow too true try twice two type typed unbekannt undefined unique "
    "unknown unlock unlocked unnecessary unsafe unset unsicher unsupported unused update updated updates use "
    "used user username users usually valid validated validation value values varchar variable variables vault "
    "vergeben verification verified verloren verschlüsselt very void vorhanden weak weekly weg word words work "
    "works worse written wrong xxx yearly yes yesterday"
    " ";

bool is_wide(char c) { return static_cast<unsigned char>(c) >= 0x80; }
bool is_in_word(char c) { return letters::is_letter(c) || is_wide(c) || c == '\'' || c == '-'; }

bool is_row(std::string_view table, std::string_view lower) {
  return table.find(std::string(" ").append(lower).append(" ")) != std::string_view::npos;
}

bool is_said(std::string_view lower) {
  if (is_row(joints, lower) || is_row(said, lower)) return true;
  constexpr std::array<std::string_view, 9> ends = {"ed",  "ing",       "able", "ible", "isch",
                                                    "bar", "pflichtig", "word", "wort"};
  if (lower.size() > 6 && std::any_of(ends.begin(), ends.end(), [&](std::string_view end) {
        return lower.size() > end.size() + 2 && lower.substr(lower.size() - end.size()) == end;
      }))
    return true;
  const bool is_participle =
      lower.substr(0, 2) == "ge" && lower.size() > 6 && (lower.back() == 't' || lower.back() == 'n');
  constexpr std::array<std::string_view, 7> variables = {"passw",  "secret",  "token", "config",
                                                         "getenv", "credent", "kennw"};
  return is_participle || std::any_of(variables.begin(), variables.end(), [&](std::string_view part) {
           return lower.find(part) != std::string_view::npos;
         });
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
  constexpr std::array<std::string_view, 17> joins = {" and ", " for ", " on ",  " but ",          " until ", " since ",
                                                      " (",    " und ", " für ", " bis ",          " seit ",  " y ",
                                                      " et ",  " as ",  " - ",   " \xE2\x80\x93 ", " / "};
  return std::any_of(joins.begin(), joins.end(),
                     [&](std::string_view join) { return text.substr(at, join.size()) == join; });
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
    words.joining += is_row(joints, word) ? 1 : 0;
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

// Looks for all names in one text.
class Finder {
 public:
  Finder(std::string_view text, std::vector<FoundSecret>& found)
      : text_(text), lower_(letters::to_lower(text)), found_(found) {}

  void run() {
    for (const Name& name : names)
      for (std::size_t at = view().find(name.word); at != std::string_view::npos; at = view().find(name.word, at + 1))
        look(name, at);
  }

 private:
  std::string_view view() const { return lower_; }

  void look(const Name& name, std::size_t at) {
    std::size_t to = at + name.word.size();
    if (to < lower_.size() && letters::is_letter(lower_[to]) && !is_wide(name.word.back())) return;
    look_before(at, to);
    to = pass_whose(to);
    const std::size_t from = pass_link(at, to);
    if (from == to && !is_credential_pair(at, from)) return;
    take(name, from);
  }

  // " for the guests", " of the safe (cellar)": up to five words before the link.
  std::size_t pass_whose(std::size_t at) const {
    constexpr std::array<std::string_view, 14> joins = {" for ", " of ",  " on ",  " in ", " at ", " to ", " von ",
                                                        " für ", " zum ", " zur ", " im ", " de ", " du ", " del "};
    std::size_t to = at;
    if (view().substr(to, 2) == " (")
      if (const std::size_t end = view().find(')', to); end != std::string_view::npos && end - to < 40) to = end + 1;
    if (std::none_of(joins.begin(), joins.end(),
                     [&](std::string_view join) { return view().substr(to, join.size()) == join; }))
      return to;
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
    for (const std::string_view link : links)
      if (view().substr(at, link.size()) == link) return at + link.size();
    return std::nullopt;
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

  bool is_quote(std::size_t at) const { return std::string_view("\"'`*").find(lower_[at]) != std::string_view::npos; }

  bool is_set_before(std::size_t name) const {
    const std::string_view before = view().substr(name > 28 ? name - 28 : 0, std::min<std::size_t>(name, 28));
    constexpr std::array<std::string_view, 8> verbs = {"set ",     "change ", "changed ", "update ",
                                                       "updated ", "reset ",  "setze ",   "ändere "};
    return std::any_of(verbs.begin(), verbs.end(),
                       [&](std::string_view verb) { return before.find(verb) != std::string_view::npos; });
  }

  // "user bob, password sunflower": a user before it makes a link.
  bool is_credential_pair(std::size_t name, std::size_t from) const {
    if (view().substr(from, 1) != " ") return false;
    const std::string_view before = view().substr(name > 60 ? name - 60 : 0, std::min<std::size_t>(name, 60));
    constexpr std::array<std::string_view, 6> users = {"user ",      "username ", "login ",
                                                       "log in as ", "benutzer ", "user: "};
    return std::any_of(users.begin(), users.end(),
                       [&](std::string_view user) { return before.find(user) != std::string_view::npos; });
  }

  void take(const Name& name, std::size_t from) {
    constexpr std::size_t least = 4;
    while (from < lower_.size() && (letters::is_blank(lower_[from]) || is_quote(from))) ++from;
    const bool quoted = from > 0 && is_quote(from - 1);
    const Words words = words_from(view(), from);
    const std::size_t first = word_end(view(), from);
    if (words.all == 0 || is_secret_reference(text_.substr(from, words.end - from))) return;
    if (words.all > 1 && ends_clause(view(), words.end) && is_phrase(words, name.of_phrase || quoted ? 2 : 4))
      return add(from, words.end);
    if (first - from < least || is_said(view().substr(from, first - from))) return;
    if (ends_clause(view(), first) || goes_on(view(), first)) add(from, first);
  }

  // "Sunflower is the wifi password".
  void look_before(std::size_t name, std::size_t to) {
    if (!ends_clause(view(), to) && !goes_on(view(), to)) return;
    constexpr std::array<std::string_view, 6> joins = {" is the ",  " is our ",    " is my ",
                                                       " ist das ", " ist unser ", " as the "};
    const std::size_t reach = name > 40 ? name - 40 : 0;
    for (const std::string_view join : joins) {
      const std::size_t at = view().rfind(join, name);
      if (at == std::string_view::npos || at < reach || at + join.size() > name) continue;
      const std::string_view between = view().substr(at + join.size(), name - at - join.size());
      if (std::count(between.begin(), between.end(), ' ') > 2 ||
          between.find_first_of(".,;:\n") != std::string_view::npos)
        continue;
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
  }

  void add(std::size_t begin, std::size_t end) { found_.push_back({begin, end, "password"}); }

  std::string_view text_;
  std::string lower_;
  std::vector<FoundSecret>& found_;
};

}  // namespace

void find_plain_passwords(std::string_view text, std::vector<FoundSecret>& found) { Finder(text, found).run(); }

}  // namespace cascade::memory
