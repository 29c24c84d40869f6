// Looks the word up among the exceptions, spells it the American way, lets Snowball cut its English endings, and then
// cuts the endings of doers and deeds that Snowball keeps. The lists below name the words for which one of these rules
// would unite different meanings.
#include "route/stems.h"

#include "route/endings.h"
#include "text/ascii.h"

#include <libstemmer.h>

#include <algorithm>
#include <array>
#include <cstdint>
#include <iterator>

namespace cascade::route {
namespace {

// Words in -ise that never end in -ize, and stems in -er, -or, -ion that do not name a doer or deed. Sorted.
constexpr std::string_view keeps_s[] = {"advertise", "advise",    "comprise",  "compromise", "disguise",  "enterprise",
                                        "exercise",  "expertise", "franchise", "improvise",  "otherwise", "precise",
                                        "premise",   "promise",   "revise",    "supervise",  "surprise",  "televise"};
constexpr std::string_view keeps_ending[] = {
    "anchor",  "answer",   "author",   "banner",  "buffer",   "calendar", "center", "chapter", "character", "cluster",
    "color",   "computer", "corner",   "cover",   "customer", "discover", "docker", "error",   "factor",    "favor",
    "filter",  "folder",   "header",   "helper",  "honor",    "layer",    "letter", "manner",  "master",    "matter",
    "member",  "mirror",   "mission",  "number",  "offer",    "order",    "paper",  "passion", "pattern",   "power",
    "proper",  "region",   "register", "server",  "session",  "station",  "summer", "tensor",  "timer",     "vector",
    "version", "vision",   "water",    "weather", "winter",   "wonder"};

constexpr std::uint32_t letter_bit(char c) { return letters::is_lower(c) ? 1U << (c - 'a') : 0; }

// Words that Snowball would unite with words of another meaning ("several" and "severity") or separate from their own
// forms. Sorted by word.
struct Exception {
  std::string_view word, stem;
};
constexpr Exception exceptions[] = {
    {"added", "add"},
    {"adding", "add"},
    {"adds", "add"},
    {"authorisation", "authoriz"},
    {"authorise", "authoriz"},
    {"authorization", "authoriz"},
    {"authorize", "authoriz"},
    {"authorized", "authoriz"},
    {"contractor", "contractor"},
    {"contractors", "contractor"},
    {"customer", "customer"},
    {"customers", "customer"},
    {"experiment", "experiment"},
    {"experimental", "experiment"},
    {"experimentation", "experiment"},
    {"experiments", "experiment"},
    {"importance", "important"},
    {"important", "important"},
    {"internal", "internal"},
    {"internally", "internal"},
    {"localisation", "localiz"},
    {"localise", "localiz"},
    {"localization", "localiz"},
    {"localize", "localiz"},
    {"localized", "localiz"},
    {"organisation", "organization"},
    {"organization", "organization"},
    {"organizations", "organization"},
    {"personalization", "personaliz"},
    {"personalized", "personaliz"},
    {"production", "production"},
    {"publication", "publication"},
    {"publications", "publication"},
    {"relational", "relational"},
    {"settings", "settings"},
    {"several", "several"},
};

// The letters that the exceptions have in second place, by their first: a quick test that few other words pass.
constexpr std::array<std::uint32_t, 256> make_second_letters() {
  std::array<std::uint32_t, 256> letters{};
  for (const Exception& exception : exceptions)
    letters[static_cast<unsigned char>(exception.word[0])] |= letter_bit(exception.word[1]);
  return letters;
}
constexpr std::array<std::uint32_t, 256> second_letters = make_second_letters();

// REQUIRES: at least two letters. Null: the word is none.
const Exception* find_exception(std::string_view word) {
  if ((second_letters[static_cast<unsigned char>(word[0])] & letter_bit(word[1])) == 0) return nullptr;
  const auto* found = std::lower_bound(std::begin(exceptions), std::end(exceptions), word,
                                       [](const Exception& e, std::string_view wanted) { return e.word < wanted; });
  return found != std::end(exceptions) && found->word == word ? found : nullptr;
}

struct Spelling {
  std::string_view british, american;
};
constexpr Spelling spellings[] = {{"analys", "analyz"},      {"behaviour", "behavior"}, {"catalogue", "catalog"},
                                  {"centre", "center"},      {"colour", "color"},       {"defence", "defense"},
                                  {"favour", "favor"},       {"flavour", "flavor"},     {"honour", "honor"},
                                  {"labour", "labor"},       {"licence", "license"},    {"modelling", "modeling"},
                                  {"neighbour", "neighbor"}, {"grey", "gray"},          {"cancelled", "canceled"}};

template <std::size_t N>
bool stands_in(const std::string_view (&table)[N], std::string_view word) {
  return std::binary_search(std::begin(table), std::end(table), word);
}

constexpr std::uint32_t first_letters(const Spelling* begin, const Spelling* end) {
  std::uint32_t letters = 0;
  for (; begin != end; ++begin) letters |= letter_bit(begin->british[0]);
  return letters;
}
constexpr std::uint32_t british_begin = first_letters(std::begin(spellings), std::end(spellings));

void spell_american(std::string& word) {
  if ((british_begin & letter_bit(word[0])) != 0)
    for (const Spelling& spelling : spellings)
      if (word.compare(0, spelling.british.size(), spelling.british) == 0) {
        word.replace(0, spelling.british.size(), spelling.american);
        break;
      }
  const std::size_t at = word.rfind("is");  // each of the endings contains it once
  if (at == std::string::npos || at < 4) return;
  const std::string_view own = std::string_view(word).substr(at);
  for (const std::string_view ending : {"isation", "isations", "ise", "ised", "iser", "isers", "ises", "ising"}) {
    if (own != ending) continue;
    if (!stands_in(keeps_s, word.substr(0, at) + "ise")) word[at + 1] = 'z';
    break;
  }
}

// A quick test: false if drop_deed() would change nothing.
bool may_name_deed(std::string_view stem) {
  const std::size_t n = stem.size();
  return n >= 5 && (stem[n - 1] == 'r' || stem[n - 1] == 'n' || stem[n - 1] == stem[n - 2]);
}

// "creator", "creation" -> "creat"; "debugger" -> "debug".
void drop_deed(std::string& stem) {
  if (!may_name_deed(stem) || stands_in(keeps_ending, stem)) return;
  if ((stem.ends_with("ation") || stem.ends_with("etion") || stem.ends_with("ction")) && stem.size() >= 8)
    stem.resize(stem.size() - 3);
  else if (stem.ends_with("eation"))
    stem.resize(stem.size() - 3);
  else if ((stem.ends_with("er") || stem.ends_with("or")) && stem.size() >= 6)
    stem.resize(stem.size() - 2);
  const std::size_t n = stem.size();
  const bool doubled = n >= 5 && stem[n - 1] == stem[n - 2];
  if (doubled && std::string_view("bdgmnprt").find(stem[n - 1]) != std::string_view::npos) stem.resize(n - 1);
}

}  // namespace

struct Stemmer::Snowball {
  sb_stemmer* handle = sb_stemmer_new("english", "UTF_8");
  Snowball() = default;
  Snowball(const Snowball&) = delete;
  Snowball& operator=(const Snowball&) = delete;
  ~Snowball() { sb_stemmer_delete(handle); }
};

Stemmer::Stemmer() : snowball_(std::make_unique<Snowball>()) {}
Stemmer::~Stemmer() = default;

std::string_view Stemmer::stem(std::string_view word) {
  if (word.size() < 3 || word.size() > 40 || std::any_of(word.begin(), word.end(), letters::is_digit)) return word;
  if (const Exception* const exception = find_exception(word)) return exception->stem;
  word_.assign(word);
  spell_american(word_);
  const sb_symbol* result = sb_stemmer_stem(snowball_->handle, reinterpret_cast<const sb_symbol*>(word_.data()),
                                            static_cast<int>(word_.size()));
  stem_.assign(reinterpret_cast<const char*>(result), static_cast<std::size_t>(sb_stemmer_length(snowball_->handle)));
  drop_deed(stem_);
  return stem_;
}

// Inflections and most derivations leave the meaning of a word where it was: "deploys", "deployment". Some endings make
// another word of it: "hospital", "hospitality". A stemmer takes them all off. What it took off says which it was.
namespace {

template <std::size_t N>
std::size_t longest_in(const std::string_view (&beginnings)[N], std::string_view tail) {
  std::size_t longest = 0;
  for (const std::string_view beginning : beginnings)
    if (tail.substr(0, beginning.size()) == beginning) longest = std::max(longest, beginning.size());
  return longest;
}

}  // namespace

// An irregular form, another spelling or a number has no stem to begin with.
Form form_of(std::string_view word, std::string_view stem) noexcept {
  const auto [end, of_stem] = std::mismatch(word.begin(), word.end(), stem.begin(), stem.end());
  if (stem.end() - of_stem > 1) return Form::any;
  const std::string_view tail = word.substr(static_cast<std::size_t>(end - word.begin()));
  const std::size_t quality = longest_in(endings::qualities, tail), state = longest_in(endings::states, tail);
  return quality == 0 && state == 0 ? Form::word : quality >= state ? Form::quality : Form::state;
}

}  // namespace cascade::route
