// Read word by word, without a grammar. The rules are English; in other languages only an exchanged number, address or
// path makes the same claim anew. A missed replacement costs the user one line, a wrong one a fact: what is in doubt
// may contradict, and both live.
#include "memory/claims.h"

#include <algorithm>

#include "text/ascii.h"
#include "text/names.h"

namespace cascade::memory {
namespace {

using letters::is_digit;

using roles::any_verb;
constexpr Roles one_at_a_time = any_verb & ~(roles::uses | roles::needs | roles::does);

// "remember:", "from now on", "we have decided that".
std::string_view without_opening(std::string_view text) {
  for (bool again = true; again;) {
    again = false;
    const std::string_view rest = letters::trim_left(text);
    std::string plain = letters::to_lower(rest.substr(0, 60));
    std::replace(plain.begin(), plain.end(), '\'', ' ');
    std::size_t best = 0;
    for (const WordRow& row : word_rows())
      if ((row.roles & (roles::polite | roles::order | roles::opens | roles::scope | roles::announces)) != 0 &&
          row.word.size() > best && plain.starts_with(row.word) &&
          (plain.size() == row.word.size() || !is_part(plain[row.word.size()])))
        best = row.word.size();
    if (best == 0) continue;
    std::string_view behind = letters::trim_left(rest.substr(best));
    if (!behind.empty() && std::string_view(":,-").find(behind.front()) != std::string_view::npos)
      behind = letters::trim_left(behind.substr(1));
    else if (letters::starts_with_lower(behind, "that "))
      behind = behind.substr(5);
    if (behind.empty()) return rest;
    text = behind;
    again = true;
  }
  return letters::trim_left(text);
}

// A comma before a clause with a verb of its own.
bool opens_clause(std::string_view behind) {
  const Texts words = split(behind.substr(0, 60));
  if (words.empty()) return false;
  const std::string first = bare(words[0]), second = words.size() > 1 ? bare(words[1]) : std::string();
  constexpr std::string_view subjects = " we it the never not so because use write don't do ";
  return has(std::string(subjects), first) || has(" is are was were must may can should ", second);
}

std::string_view first_clause(std::string_view text) {
  for (std::size_t i = 0; i + 1 < text.size(); ++i)
    if (text[i] == ';' || (text[i] == ',' && text[i + 1] == ' ' && opens_clause(text.substr(i + 2))))
      return text.substr(0, i);
  return text;
}

// Reasons and times that the claim does not stand and fall with.
std::string without_reason(std::string_view text) {
  Texts kept;
  const Texts words = split(text);
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string word = bare(words[i]), next = i + 1 < words.size() ? bare(words[i + 1]) : std::string();
    if (has(" since because until till ", word) || (word == "as" && next == "of") || (word == "due" && next == "to") ||
        (word == "so" && next == "that"))
      break;
    kept.push_back(words[i]);
  }
  return joined(kept, 0, kept.size());
}

bool is_verb(const std::string& word, std::size_t at) {
  if (has(" is are was were must may can should will cannot can't go goes ", word)) return true;
  return (roles_of(word) & any_verb) != 0 && (at > 0 || !word.ends_with("s"));
}

// Where the verb stands; the number of words: there is none that is known.
std::size_t find_verb(const Texts& low) {
  for (std::size_t i = 0; i < low.size(); ++i)
    if (is_verb(low[i], i)) return i;
  return low.size();
}

bool opens_as_news(std::string_view words) {
  return has(" new neu nuevo nouveau ", bare(words.substr(0, words.find(' '))));
}

Texts lowered(const Texts& words) {
  Texts low;
  for (const std::string& word : words) low.push_back(bare(word));
  return low;
}

// What stands in place of a secret says nothing: two facts do not agree, or differ, by it.
void take_marks_out(std::string& text) {
  constexpr std::string_view mark = "[secret removed";
  for (std::size_t at; (at = text.find(mark)) != std::string::npos;) {
    const std::size_t end = text.find(']', at);
    text.erase(at, end == std::string::npos ? mark.size() : end + 1 - at);
  }
}

using Set = std::set<std::string>;

Set both(const Set& a, const Set& b) {
  Set out;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::inserter(out, out.end()));
  return out;
}

bool contains(const Set& all, const Texts& some) {
  return std::all_of(some.begin(), some.end(), [&](const std::string& one) { return all.count(one) != 0; });
}

// The same words around one other value.
bool another_value(const Claim& a, const Claim& b) {
  if (a.forbids || b.adds || a.frame != b.frame || a.values.size() != b.values.size() || a.values.empty() ||
      a.frame.size() <= a.values.size() + 1)
    return false;
  std::size_t other = 0;
  for (std::size_t i = 0; i < a.values.size(); ++i) other += a.values[i] != b.values[i] ? 1 : 0;
  return other == 1;
}

// What a text says is over. A clause ends with its comma.
class Over {
 public:
  explicit Over(const std::string& said) : raw_(split(said)), low_(lowered(raw_)) {
    for (std::size_t i = 0; i + 1 < low_.size(); ++i)  // "Ines's on leave"
      if (low_[i].ends_with("'s") && has(" on gone off out ", low_[i + 1])) {
        raw_[i].resize(raw_[i].size() - 2);
        raw_.insert(raw_.begin() + static_cast<std::ptrdiff_t>(i) + 1, "is");
        low_ = lowered(raw_);
      }
    for (std::size_t i = 0; i < low_.size(); ++i) look(i);
  }
  const std::vector<Texts>& all() const { return found_; }

 private:
  const std::string& word(std::size_t i) const {
    static const std::string none;
    return i < low_.size() ? low_[i] : none;
  }
  std::size_t clause_end(std::size_t from) const {
    for (std::size_t i = from; i < raw_.size(); ++i)
      if (std::string_view(",;.").find(raw_[i].back()) != std::string_view::npos) return i + 1;
    return raw_.size();
  }
  void take(std::size_t begin, std::size_t end) {
    if (begin >= end) return;
    Texts what = content(joined(raw_, begin, end));
    if (what.size() > 1) std::erase_if(what, [](const std::string& one) { return (roles_of(one) & roles::idle) != 0; });
    found_.push_back(std::move(what));
  }
  std::size_t find(std::size_t from, std::string_view words) const {
    for (std::size_t i = from; i < clause_end(from); ++i)
      if (has(std::string(words), word(i))) return i;
    return raw_.size();
  }

  void look(std::size_t i) {
    const std::string &first = word(i), &second = word(i + 1);
    if ((first == "instead" && second == "of") || (first == "rather" && second == "than"))
      take(i + 2, clause_end(i + 2));
    const bool joins = i > 0 && (raw_[i - 1].back() == ',' || word(i - 1) == "and" || word(i - 1) == "but");
    if (joins && first == "not" && clause_end(i + 1) == raw_.size() &&
        !has(" by in on at for to only from with before after the ", second))
      take(i + 1, raw_.size());
    if (has(" switched moved migrated changed went ", first))
      if (const std::size_t from = find(i, " from "), to = find(from, " to "); to < raw_.size() && from <= i + 5)
        take(from + 1, to);
    if (has(" stopped quit dropped retired removed abandoned deprecated ", first))
      take(i + (second == "using" ? 2 : 1), clause_end(i + 1));
    if (first == "no" && second == "longer")
      take(i + (has(" use uses using need needs have has on in run runs support supports ", word(i + 2)) ? 3 : 2),
           clause_end(i + 2));
    if (first == "no" || first == "not" || first.ends_with("n't")) look_for_any_more(i + 1);
    if (has(" replaces replaced replacing ersetzt ", first))
      take(i + 1, std::min(clause_end(i + 1), find(i + 1, " on in at for as with im am bei ")));
    const std::string& before = word(i - 1);
    if ((first == "nicht" && second == "mehr") || (first == "ya" && second == "no") ||
        (has(" was were been ", first) && second == "never"))
      take(i + 2, std::min(clause_end(i + 2), find(i + 2, " sondern sino but mais ")));
    const bool given_up = first == "gave" && second == "up";
    if (given_up || (first == "need" && before == "no") ||
        (has(" scratch forget ", first) && before != "not" && !before.ends_with("n't")))
      take(i + (given_up          ? 2 + (word(i + 2) == "on" ? 1 : 0)
                : second == "for" ? 2
                                  : 1),
           std::min(clause_end(i + 1), find(i + 3, " for on in ")));
    const bool article = has(" the der die das el la los las le les ", first);
    if (article || i == 0 || std::string_view(",;.").find(raw_[i - 1].back()) != std::string_view::npos)
      look_for_the_end(article ? i + 1 : i);
    if (has(" statt anstatt ", first)) take(i + 1, i + 2);
    if (first == "since")
      if (const std::size_t left = find(i + 1, " left "); left < raw_.size()) take(i + 1, left);
    if (i > 1 && is_name(raw_[i - 1]) && has(" went moved goes ", first) && word(i + 2) == "another") take(i - 1, i);
    if (first == "used" && second == "to" && !has(" is are am be being get got getting ", before))
      take(i + (has(" be use live run ", word(i + 2)) ? 3 : 2), clause_end(i + 2));
  }
  // "we have no release branch any more"
  void look_for_any_more(std::size_t begin) {
    const std::size_t any = find(begin, " any anymore ");
    if (any >= raw_.size() || (word(any) == "any" && word(any + 1) != "more")) return;
    take(begin + (has(" have use need ", word(begin)) ? 1 : 0), any);
  }
  // "the no-ORM rule is off", "Keller has left", "die Liste ist weg"
  void look_for_the_end(std::size_t begin) {
    const std::size_t is = find(begin, " is are was has ist sind es esta est gilt gelten ");
    if (has(" while if when as wenn falls si cuando quand ", word(begin)) || is >= raw_.size()) return;
    const std::string &end = word(is + 1), &before = word(is > 0 ? is - 1 : 0);
    const bool over = ((roles_of(end) & roles::ends) != 0 && word(is) != "has") ||
                      (word(is) == "has" && end == "left") || (end == "on" && word(is + 2) == "leave") ||
                      (end == "in" && word(is + 2) == "rente") || (end == "nicht" && word(is + 2) == "mehr");
    if (over) take(begin, is - (is > begin && has(" rule box server policy ", before) ? 1 : 0));
  }

  Texts raw_, low_;
  std::vector<Texts> found_;
};

bool has_akin(const Set& words, const std::string& word) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& other) { return are_akin(word, other); });
}

bool are_for_one_purpose(const Texts& over, const Texts& words) {
  return over.size() == 1 && purpose_of(over[0]) != 0 &&
         std::any_of(words.begin(), words.end(), [&](const std::string& word) {
           return word != over[0] && purpose_of(word) == purpose_of(over[0]);
         });
}

// Something else has to be common, too; or the older one has to be about using it, or another product for it is named.
bool names_what_is_over(const Claim& a, const Claim& b) {
  const Over over(b.said);
  return std::any_of(over.all().begin(), over.all().end(), [&](const Texts& what) {
    Set common = a.set;
    if (what.empty() || !contains(common, what)) return false;
    std::erase_if(common, [&](const std::string& word) { return !has_akin(b.set, word); });
    for (const std::string& word : what) common.erase(word);
    const Set beginning(a.words.begin(),
                        a.words.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(3, a.words.size())));
    return !common.empty() || are_for_one_purpose(what, lowered(tokens(b.said))) ||
           ((a.kind & (roles::uses | roles::needs)) != 0 && contains(beginning, what));
  });
}

bool is_opposite(const Claim& a, const Claim& b, const Set& common) {
  Set object = a.set;
  for (const char* const verb : {"touch", "use", "edit", "add", "run", "writ"}) object.erase(verb);
  const std::size_t shared = both(common, object).size();
  // "main" is not "your own branches": of few words all must be there.
  const bool most = shared == object.size() || ((object.size() >= 4 || b.is_news) && shared * 5 >= object.size() * 3);
  return a.forbids && b.permits && !b.forbids && most && common.size() >= 2;
}

// What else says that both speak of the same thing and say another thing of it, and for how much it counts. Fitted by
// logistic regression to the pairs of tests/corpus/memory, where one fact says which it supersedes, and to typed ones.
struct Weights {
  std::int32_t always = -267, two = 219, three = 184, of_older = 143, of_newer = -372, same_subject = 145,
               narrower = -57, same_value = 47, another_value = 133, news = 23, adds = -91, denies = -44,
               elsewhere = -77, same_verb = 52, days = 164;
};
constexpr Weights weights;
constexpr std::int32_t sure_points = 200;

// Whether one is a form of the other, short for it or compounded with it: "app" of "application".
bool are_alike(const std::string& a, const std::string& b) {
  const std::string &small = a.size() < b.size() ? a : b, &large = &small == &a ? b : a;
  if (are_akin(a, b)) return true;
  return large.size() >= small.size() + 4 &&
         ((small.size() >= 3 && large.starts_with(small)) || (small.size() >= 5 && large.ends_with(small)));
}

bool has_alike(const Set& words, const std::string& word) {
  return std::ranges::any_of(words, [&](const std::string& other) { return are_alike(other, word); });
}

std::int32_t count_alike(const Set& some, const Set& all) {
  return static_cast<std::int32_t>(
      std::ranges::count_if(some, [&](const std::string& word) { return has_alike(all, word); }));
}

std::int32_t points_of_subject(const Claim& a, const Claim& b) {
  const Set first(a.subject.begin(), a.subject.end()), second(b.subject.begin(), b.subject.end());
  if (first.empty() || second.empty()) return 0;
  const std::int32_t known = count_alike(second, first);
  if (count_alike(first, second) < static_cast<std::int32_t>(first.size())) return 0;
  if (known == static_cast<std::int32_t>(second.size())) return weights.same_subject;
  return known > 0 ? weights.narrower : 0;
}

// "billing" is "the billing service" where somebody owns or reviews it.
bool is_short_for(const std::vector<std::string>& shorter, const std::vector<std::string>& longer) {
  const Set small(shorter.begin(), shorter.end()), large(longer.begin(), longer.end());
  return !small.empty() && large.size() == small.size() + 1 && both(small, large) == small &&
         std::ranges::any_of(large, [&](const std::string& word) {
           return small.count(word) == 0 && has(" servic service team page modul module chang ", word);
         });
}

bool are_one_thing(const Claim& a, const Claim& b) {
  return points_of_subject(a, b) == weights.same_subject || is_short_for(a.subject, b.subject) ||
         is_short_for(b.subject, a.subject);
}

// What a subject of several words is: "the kiln colour is ochre", "… is umber".
bool say_what_it_is(const Claim& a, const Claim& b) {
  const Set first(a.subject.begin(), a.subject.end()), second(b.subject.begin(), b.subject.end());
  return a.is && b.is && !b.adds && first.size() > 1 && first == second;
}

bool names_a_day(const Claim& claim) { return std::ranges::any_of(tokens(claim.said), is_day); }

Set environments(const Set& words) {
  Set out;
  std::ranges::copy_if(words, std::inserter(out, out.end()),
                       [](const std::string& word) { return (roles_of(word) & roles::environment) != 0; });
  return out;
}

}  // namespace

constexpr letters::Names<Relation::opposite> relation_names("", "may contradict", "another value", "it is over",
                                                            "the opposite");
std::string_view to_string(Relation relation) noexcept { return relation_names.of(relation); }

Claim::Claim(std::string_view text) {
  std::string plain(text);
  for (std::size_t at; (at = plain.find("\xE2\x80\x99")) != std::string::npos;) plain.replace(at, 3, "'");
  take_marks_out(plain);
  std::string_view whole = letters::trim(plain);
  while (!whole.empty() && whole.back() == '.') whole.remove_suffix(1);
  said = without_opening(whole);
  first = first_clause(said);
  if (const std::size_t colon = said.find(": ");
      colon != std::string::npos && colon >= 2 && colon <= 40 && said.find_first_of(".,;/") > colon)
    first = said.substr(0, colon) + " is" + said.substr(colon + 1);
  padded = padded_of(first);
  forbids = says(padded, roles::forbids);
  permits = says(padded, roles::permits) && !has(padded, "not") && !has(padded, "cannot") && !has(padded, "can't");
  is_news = says(padded_of(said), roles::over);
  adds = says(padded_of(said), roles::further);
  denies = says(padded_of(said), roles::denies);
  corrects = says(padded_of(whole), roles::over | roles::scope) ||
             (whole.find(": ") < 30 && opens_as_news(whole.substr(0, whole.find(": "))));
  frames = frames_of(said);
  words = content(said);
  set = {words.begin(), words.end()};
  constexpr Roles empty = roles::idle | roles::dimension | roles::over | roles::often | roles::environment | any_verb;
  std::ranges::copy_if(set, std::inserter(told, told.end()), [](const std::string& word) {
    return (roles_of(word) & empty) == 0 && !is_day(word) && !is_digit(word.front());
  });
  read_verb(split(without_reason(first)));
}

void Claim::read_verb(const Texts& raw) {
  const Texts low = lowered(raw);
  const std::size_t at = find_verb(low);
  const auto word = [&](std::size_t i) { return i < low.size() ? low[i] : std::string(); };
  if (at < low.size()) subject = content(joined(raw, 0, at));
  verb = word(at);
  std::size_t after = at + 1;
  if (has(" is are was were be ", verb)) {
    while (has(" now only always not never to be ", word(after))) ++after;
    if ((roles_of(word(after)) & any_verb) != 0 || word(after).ends_with("ed") || word(after).ends_with("en"))
      verb = word(after++);
    else
      is = true;
  } else if (has(" must may can should will cannot can't ", verb)) {
    while (has(" not never be only always ", word(after))) ++after;
    verb = word(after++);
  }
  kind = roles_of(verb) & any_verb;
  // "X owns Y" and "Y is owned by X" speak of Y.
  if (verb.starts_with("sign") && word(after) == "off") ++after;
  const std::string rest = joined(raw, after, raw.size());
  const bool is_passive = has(" is are was were ", word(at));
  if ((kind & (roles::owns | roles::reviews)) != 0 && !is_passive && !has(padded_of(rest), "by"))
    subject = content(rest);
  read_frame(std::min(at, low.size()));
}

// What stands before the verb is never a value. Behind it a name in capitals is one only where the subject has one such
// thing at a time, and without a subject only numbers and days are: "run a.sh first" says nothing of "run b.sh first".
void Claim::read_frame(std::size_t verb_at) {
  const std::string text = without_reason(first);
  const Texts raw = split(text);
  const bool known = verb_at < raw.size(), orders = known && subject.empty();
  const std::size_t before = known ? tokens(joined(raw, 0, verb_at + 1)).size() : 0;
  const bool purpose = has(padded, "for") || has(padded, "as");
  const bool names = known && !orders && (is || (kind & one_at_a_time) != 0 || ((kind & roles::uses) != 0 && purpose));
  const Texts all = tokens(text);
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::string& token = all[i];
    const std::string low = letters::to_lower(token);
    const bool is_stop = (roles_of(low) & roles::stop) != 0;
    const bool counts = known ? i >= before && (roles_of(verb) & roles::does) == 0 : i > 0 && i + 2 >= all.size();
    const bool is_number = is_digit(token.front()) || has(" two three four five six seven eight nine ten twelve ", low);
    const bool is_value = is_number || (is_measured(token) && !orders) || is_day(token) || (names && is_name(token));
    if (counts && !is_stop && is_value) {
      values.push_back(low);
      frame.emplace_back("#");
      if (has(" second minut hour day week month year ", i + 1 < all.size() ? stem(all[i + 1]) : ""))
        values.back() += all[++i], frame.back() = "# of time";
    } else if (!has(" now the our a an we all ", low)) {
      frame.push_back(stem(token));
    }
  }
}

// From 0 on both may contradict each other.
std::int32_t points_of(const Claim& a, const Claim& b) {
  const std::int32_t known = count_alike(b.told, a.told);
  if (known == 0) return -1;
  std::int32_t sum = weights.always + (known >= 2 ? weights.two : 0) + (known >= 3 ? weights.three : 0);
  sum += weights.of_older * count_alike(a.told, b.told) / static_cast<std::int32_t>(a.told.size());
  sum += weights.of_newer * known / static_cast<std::int32_t>(b.told.size());
  sum += points_of_subject(a, b);
  const Compared values = compare(a.frames, b.frames);
  if (values.same) sum += weights.same_value;
  if (values.another) sum += weights.another_value;
  if (b.is_news) sum += weights.news;
  if (b.adds) sum += weights.adds;
  if (b.denies && !a.denies) sum += weights.denies;
  if (environments(a.set) != environments(b.set)) sum += weights.elsewhere;
  if ((a.kind & b.kind) != 0) sum += weights.same_verb;
  // Of days there may be two.
  return names_a_day(a) && names_a_day(b) ? std::max(sum, std::min(sum + weights.days, sure_points - 1)) : sum;
}

Relation relation_of(const Claim& older, const Claim& newer) {
  const Set common = both(older.set, newer.set);
  // Of orders two may hold: "run a.sh", "run b.sh".
  const bool state = !older.subject.empty() && !newer.subject.empty();
  if (another_value(older, newer) || (state && differ_in_value(older.frames, newer.frames))) return Relation::value;
  if (names_what_is_over(older, newer)) return Relation::over;
  if (is_opposite(older, newer, common)) return Relation::opposite;
  if (newer.corrects && !newer.adds && gives_another_value(older.frames, newer.frames)) return Relation::value;
  const std::int32_t points = points_of(older, newer);
  const bool has_one_owner = (older.kind & newer.kind & (roles::owns | roles::reviews)) != 0;
  if (has_one_owner && !newer.adds && are_one_thing(older, newer)) return Relation::value;
  if (points >= sure_points) return Relation::value;
  return points >= 0 || say_what_it_is(older, newer) ? Relation::may_contradict : Relation::none;
}

std::string subject_in(std::string_view text) {
  constexpr std::size_t most = 5;
  const Claim claim(text);
  const Texts raw = split(claim.first), low = lowered(raw);
  const std::size_t verb = find_verb(low);
  const auto says_something = [&](std::size_t i) {
    return (roles_of(low[i]) & (roles::stop | roles::subject | roles::over)) == 0;
  };
  std::size_t begin = 0, end = verb;
  while (begin < end && !says_something(begin)) ++begin;
  const bool owned =
      verb < raw.size() && (claim.kind & (roles::owns | roles::reviews)) != 0 && !has(" is are was were ", low[verb]);
  if (begin == end || verb == raw.size() || owned) {  // an order, or a sentence of which the verb is not known
    for (const std::string& token : tokens(claim.first))
      if (is_path(token)) return token;
    begin = verb == raw.size() ? 0 : verb + 1;
    while (begin < raw.size() && !says_something(begin)) ++begin;
    end = begin;
    while (end < raw.size() && (verb == raw.size() || end == begin || says_something(end))) ++end;
  }
  end = std::min(end, begin + most);
  while (end > begin + 1 && !says_something(end - 1)) --end;
  std::string subject = joined(raw, begin, end);
  if (subject.empty()) subject = joined(raw, 0, most);
  constexpr std::string_view signs = " \t:,;-\"'`*.!?()";
  while (!subject.empty() && signs.find(subject.back()) != std::string_view::npos) subject.pop_back();
  subject.erase(0, std::min(subject.find_first_not_of(signs.substr(0, 10)), subject.size()));
  return subject;
}

bool says_its_subject(std::string_view text) {
  constexpr std::size_t least_words = 3;
  const Texts low = lowered(split(Claim(text).first));
  if (low.size() >= least_words && has(" we i you nobody everybody everyone ", low[0])) return true;
  const std::size_t verb = find_verb(low);
  return verb > 0 && verb < low.size() &&
         !has(" it its they their this that these those he she his her there ", low[0]);
}

bool can_be_subject(std::string_view words) {
  const Texts low = lowered(split(words));
  const std::string padded = padded_of(words);
  return !low.empty() && find_verb(low) == low.size() && !opens_as_news(words) && !says(padded, roles::forbids) &&
         !says(padded, roles::announces) && (low.size() > 1 || (roles_of(low[0]) & roles::stop) == 0);
}

}  // namespace cascade::memory
