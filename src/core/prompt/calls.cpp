// Finds the names first, near words and marks that call or refuse. Then the words around each name decide.
#include "prompt/parts.h"

#include <algorithm>
#include <optional>

#include "text/letter_case.h"

namespace cascade::prompt {
namespace {

// A sign that joins the words of a name.
constexpr bool is_joint(char c) noexcept {
  return c == '-' || c == '_' || c == ':' || c == '.' || letters::is_space(c);
}

constexpr std::uint32_t longest_name = 9;  // words
constexpr std::size_t reach = 8;           // words between a name and what calls or refuses it

constexpr Roles anchors = roles::kinds | roles::call | roles::call_wide | roles::call_after | roles::refuse |
                          roles::refuse_end | roles::refuse_after | roles::stop | roles::versus;

class SaidWords {
 public:
  explicit SaidWords(std::string_view text) : text_(text) {
    any_anchor_ = text_.find_first_of("/@") != std::string_view::npos;
    TokenReader reader(text_);
    for (Token token; reader.next(token);) {
      any_anchor_ = any_anchor_ || (token.roles & anchors) != 0;
      if (const std::uint32_t kind = kind_at_end(text_, token, roles::kinds); kind != 0) {
        words_.push_back({token.begin, kind - 1, 0, false});
        token = {kind, token.end, roles_of(text_.substr(kind, token.end - kind)), false};
        any_anchor_ = true;
      }
      words_.push_back(token);
    }
  }

  std::size_t size() const noexcept { return words_.size(); }
  const Token& operator[](std::size_t word) const noexcept { return words_[word]; }
  std::string_view text() const noexcept { return text_; }

  std::string_view row(std::size_t begin, std::size_t end) const {
    return text_.substr(words_[begin].begin, words_[end - 1].end - words_[begin].begin);
  }

  std::string_view gap_before(std::size_t word) const {
    const std::uint32_t from = word == 0 ? 0 : words_[word - 1].end;
    return text_.substr(from, words_[word].begin - from);
  }

  // Whether a mark or a word that calls, refuses or says a kind is anywhere; near this word.
  bool has_anchor() const noexcept { return any_anchor_; }

  bool is_near_anchor(std::size_t word) const {
    const std::size_t from = word > reach ? word - reach : 0, to = std::min(words_.size(), word + reach + longest_name);
    for (std::size_t i = from; i < to; ++i)
      if ((words_[i].roles & anchors) != 0) return true;
    return mark_before(word) != CallMark::none;
  }

  // Whether the word goes on a name that the word before it began.
  bool joins(std::size_t word) const {
    const std::string_view gap = gap_before(word);
    if (gap.empty()) return true;
    if (gap.size() == 1) return is_joint(gap[0]) && gap[0] != '\n';
    return gap.find_first_not_of(' ') == std::string_view::npos && gap.size() <= 2;
  }

  // Not part of a path, a longer name or a word of another sort.
  bool stands_alone(std::size_t begin, std::size_t end) const {
    const std::uint32_t from = words_[begin].begin, to = words_[end - 1].end;
    if (to - from < 2) return false;
    if (from > 0) {
      const char before = text_[from - 1];
      const bool marked = mark_before(begin) != CallMark::none;
      if (!marked && std::string_view("/@.-_:\\#~").find(before) != std::string_view::npos) return false;
      if (glued(begin)) return false;
    }
    if (to >= text_.size()) return true;
    const char next = text_[to], further = to + 1 < text_.size() ? text_[to + 1] : ' ';
    if (next == '-')
      return end < words_.size() && words_[end].begin == to + 1 && (words_[end].roles & roles::kinds) != 0;
    if (next == '/' || next == '\\' || next == '_') return false;
    if (next == '.' || next == ':') return !letters::is_letter_or_digit(further);
    return next != '(' && !(next == '\'' && letters::is_letter(further));
  }

  // The "/" or "@" directly before the word, if the mark begins a word.
  CallMark mark_before(std::size_t word) const {
    const std::uint32_t begin = words_[word].begin;
    if (begin == 0) return CallMark::none;
    const char mark = text_[begin - 1];
    if (mark != '/' && mark != '@') return CallMark::none;
    if (begin >= 2) {
      const char before = text_[begin - 2];
      const bool opens = letters::is_space(before) || before == '(' || before == '`' || before == ',' ||
                         before == ':' || before == '*' || static_cast<unsigned char>(before) >= 0x80;
      if (!opens) return CallMark::none;
    }
    return mark == '/' ? CallMark::slash : CallMark::at;
  }

 private:
  // A word of letters directly behind another: only where one of them has no spaces around its words.
  bool glued(std::size_t word) const {
    return word > 0 && words_[word - 1].end == words_[word].begin && !words_[word - 1].unspaced &&
           !words_[word].unspaced;
  }

  std::string_view text_;
  std::vector<Token> words_;
  bool any_anchor_ = false;
};

// Most languages call and refuse in front of a name, some behind it ("Xスキルを使わないで", "den X-Skill nicht
// benutzen").
struct Around {
  bool called = false, wide = false;      // by a word that only calls; by one that also stands before ordinary words
  bool refused = false, stopped = false;  // "not"; "forget", "skip"
  bool asked_why = false;                 // "why not use X?"
  Roles kinds = 0;                        // words of kind beside the name
  bool kind_with_colon = false;           // "skill: X"
};

// Backwards from the name, and forwards from its end, as long as the words are fillers and no clause ends.
void look_back(const SaidWords& words, std::size_t begin, Around& around) {
  Roles behind = 0;     // of the word read before this one, which stands behind it
  bool listed = false;  // "and" stands before the name, so "the Y skill" before that may be its neighbour
  for (std::size_t i = begin, left = reach; i > 0 && left > 0; --i, --left) {
    const std::string_view gap = words.gap_before(i);
    if (ends_clause(gap)) return;
    const bool colon = gap.find(':') != std::string_view::npos || gap.find("\xEF\xBC\x9A") != std::string_view::npos;
    const Roles has = words[i - 1].roles;
    const bool nearest = i == begin;
    if (colon && !(has & (roles::kinds | roles::call))) return;
    if ((has & roles::why) != 0 && around.refused) around.asked_why = true;
    if ((has & roles::kinds) != 0 && !around.called && !around.refused) {
      around.kinds |= has & roles::kinds;
      around.kind_with_colon = around.kind_with_colon || (nearest && colon);
    } else if ((has & roles::versus) != 0 && (behind & roles::of) != 0) {
      around.refused = true;
      return;
    } else if ((has & roles::refuse) != 0) {
      around.refused = true;
    } else if ((has & roles::stop) != 0) {
      around.stopped = true;
    } else if ((has & roles::call) != 0) {
      around.called = true;
    } else if ((has & roles::call_wide) != 0) {
      if (!around.called) around.wide = true;
    } else if ((has & (roles::filler | roles::of | roles::kinds)) == 0 && !(listed && (behind & roles::kinds) != 0)) {
      return;
    }
    listed = listed || (has & roles::and_also) != 0;
    behind = has;
  }
}

void look_ahead(const SaidWords& words, std::size_t end, Around& around) {
  bool refused_at_end = false;
  for (std::size_t i = end, left = reach; i < words.size() && left > 0; ++i, --left) {
    if (ends_clause(words.gap_before(i))) break;
    const Roles has = words[i].roles;
    if (i == end && (has & roles::kinds) != 0) {
      around.kinds |= has & roles::kinds;
    } else if ((has & roles::refuse_after) != 0) {
      around.refused = true;
      return;
    } else if ((has & roles::call_after) != 0 || ((has & roles::by) != 0 && around.kinds != 0)) {
      around.called = true;
      if (!refused_at_end) return;
    } else if ((has & roles::refuse_end) != 0) {
      refused_at_end = true;
    } else if ((has & roles::filler) == 0) {
      return;
    }
  }
  around.refused = around.refused || refused_at_end;
}

bool is_comma(std::string_view gap) {
  const std::size_t at = gap.find_first_not_of(" `\"*");
  return at != std::string_view::npos && (gap[at] == ',' || gap.substr(at, 3) == "\xE3\x80\x81") &&
         gap.find_first_of(".;:!?\n") == std::string_view::npos;
}

bool ends_sentence(std::string_view gap) {
  return gap.find_first_of(".;!?\n") != std::string_view::npos || gap.find("\xE3\x80\x82") != std::string_view::npos;
}

// A refusal of every skill: a word that refuses or switches off, and a word of kind without a name. Where neither a
// verb of use nor "without" stands there ("no skills"), its clause says nothing else: "my team has no skills" is none.

bool is_named(const SaidWords& words, const std::vector<Mention>& found, std::size_t kind) {
  const std::uint32_t begin = words[kind].begin, end = words[kind].end;
  return std::ranges::any_of(found, [&](const Mention& mention) {
    const bool before = mention.end <= begin && !ends_clause(words.text().substr(mention.end, begin - mention.end)) &&
                        (kind == 0 || words[kind - 1].end <= mention.end);
    const bool behind = mention.begin >= end && !ends_clause(words.text().substr(end, mention.begin - end)) &&
                        (kind + 1 >= words.size() || words[kind + 1].begin >= mention.begin);
    return before || behind || (mention.begin <= begin && mention.end >= end);
  });
}

constexpr Roles refusals = roles::refuse | roles::refuse_end | roles::refuse_after | roles::stop | roles::versus;
constexpr Roles beside_names = refusals | roles::call | roles::call_wide | roles::call_after | roles::by |
                               roles::filler | roles::kinds | roles::of | roles::and_also | roles::any | roles::idle |
                               roles::wish | roles::at | roles::points;
constexpr Roles beside_refusals = beside_names | roles::off | roles::turns | roles::library;

// Whether a word may stand in a refusal, by its roles or as the noun of "for this task".
bool is_part(const SaidWords& words, std::size_t word, Roles parts) {
  constexpr Roles before = roles::filler | roles::points | roles::any | roles::of | roles::at;
  return (words[word].roles & parts) != 0 ||
         ((words[word].roles & roles::occasion) != 0 && word > 0 && (words[word - 1].roles & before) != 0);
}

bool is_in_name(const SaidWords& words, const std::vector<Mention>& found, std::size_t word) {
  return std::ranges::any_of(found, [&](const Mention& mention) {
    return mention.begin <= words[word].begin && words[word].end <= mention.end;
  });
}

// The clause around a word of kind, and what in it says "every skill": "your library of skills", "skills for this one".
class KindClause {
 public:
  KindClause(const SaidWords& words, const std::vector<Mention>& found, std::size_t kind)
      : words_(words), found_(found), begin_(kind), end_(kind + 1), first_(kind), behind_(kind + 1) {
    while (begin_ > 0 && !ends(begin_)) --begin_;
    while (end_ < words_.size() && !ends(end_)) ++end_;
    const std::string_view rest = words_.text().substr(words_[end_ - 1].end);
    if (begin_ < first_ && has(begin_, roles::contrast)) ++begin_;
    asks_ = rest.starts_with('?') || rest.starts_with("\xEF\xBC\x9F");
    requests_ = asks_ && any(begin_, end_, roles::addressed) && !any(begin_, end_, roles::why);
    read_phrase();
    cut();
    read_refusal();
  }

  // "Drop that skill": it says nothing else, and points at one.
  bool refuses_that() const {
    const char last = words_.text()[words_[first_].end - 1];
    return refuses() && is_bare() && !library_ && last != 's' && last != 'S' &&
           has(first_ - 1, roles::points | roles::definite) && !has(first_ - 1, roles::any);
  }

  bool refuses_all() const {
    const bool bare = is_bare(), off = switches_off();
    if (!refuses() || refuses_that()) return false;
    constexpr Roles opens = refusals | roles::call | roles::call_after | roles::any | roles::idle | roles::and_also |
                            roles::wish | roles::off | roles::turns;
    const bool article = has(first_ - 1, roles::filler) && (off || meant_ || (around_.called && bare));
    if (first_ > begin_ && !has(first_ - 1, opens) && !article) return false;
    if (behind_ < end_) {
      if (has(behind_, roles::restricts) && !has(behind_, roles::but) && !bare) return false;
      const bool every = around_.called && has(first_ - 1, roles::any);
      if (!every && !has(behind_, beside_refusals | roles::self)) return false;  // "skills matrix"
    }
    return around_.called || without_ || bare;
  }

 private:
  bool switches_off() const { return is_bare() && any(roles::off) && !has_another(); }
  bool refuses() const {
    return around_.refused != (around_.stopped || switches_off()) && !around_.asked_why && (!asks_ || requests_);
  }
  // A clause ends at a mark, but "skills: off" is one.
  bool ends(std::size_t word) const {
    const std::string_view gap = words_.gap_before(word);
    const bool colon = gap.find(':') != std::string_view::npos || gap.find("\xEF\xBC\x9A") != std::string_view::npos;
    return ends_clause(gap) || (colon && (words_[word].roles & roles::off) == 0);
  }
  bool has(std::size_t word, Roles roles) const {
    return word >= begin_ && word < end_ && (words_[word].roles & roles) != 0;
  }
  // Whether one of the words around the phrase has it.
  bool any(Roles roles) const { return any(begin_, first_, roles) || any(behind_, end_, roles); }
  bool any(std::size_t from, std::size_t to, Roles roles) const {
    while (from < to && !has(from, roles)) ++from;
    return from < to;
  }

  // "Skill library", "library of skills"; then "from your library", "for this one", "this time".
  void read_phrase() {
    constexpr Roles joins = roles::of | roles::restricts | roles::at, noun = roles::library | roles::occasion;
    library_ = has(first_, roles::library);  // "skill-library"
    if (has(behind_, roles::library)) {
      ++behind_;
      library_ = true;
    } else if (has(first_ - 1, joins) && has(first_ - 2, roles::library)) {
      first_ -= 2;
      library_ = true;
    }
    meant_ = library_;
    const auto is_noun = [&](std::size_t word) {
      return has(word, noun | roles::idle) && !has(word, joins | roles::off);
    };
    for (std::size_t i = behind_; i < end_; behind_ = i) {
      while (has(i, joins | roles::filler | roles::any | roles::points) && !is_noun(i)) ++i;
      if (!is_noun(i) || (i == behind_ && !has(i, roles::idle))) return;
      meant_ = meant_ || i > behind_;
      ++i;
    }
  }

  // "Switch your skills off and write it", "write it but no skills this time": the other side says nothing of them.
  void cut() {
    bool off = any(begin_, first_, roles::off);
    for (std::size_t i = behind_; i + 1 < end_; ++i) {
      if (off && has(i, roles::and_also | roles::contrast)) end_ = i;
      off = off || has(i, roles::off);
    }
    for (std::size_t i = first_; meant_ && i-- > begin_;)
      if (has(i, roles::contrast) && any(i + 1, first_, refusals)) begin_ = i + 1;
  }

  void read_refusal() {
    look_back(words_, first_, around_);
    const Roles beside = beside_refusals | (meant_ ? roles::restricts : 0);
    for (std::size_t i = first_; i-- > begin_ && has(i, beside);) {
      without_ = without_ || (has(i, roles::without) && !has(i - 1, roles::holder));
      around_.called = around_.called || has(i, roles::call);
      around_.refused = around_.refused || has(i, roles::refuse | roles::refuse_end);
      around_.stopped = around_.stopped || has(i, roles::stop);
    }
    if (!around_.refused) look_ahead(words_, behind_, around_);
    for (std::size_t i = behind_; has(i, roles::filler | roles::refuse_after); ++i)
      without_ = without_ || has(i, roles::refuse_after);  // the verb is in it
  }

  // "Skill on, skill off, compare": the sentence speaks of skills elsewhere, too.
  bool has_another() const {
    const auto is_skill = [&](std::size_t word) { return (words_[word].roles & roles::skill) != 0; };
    for (std::size_t i = begin_; i > 0 && !ends_sentence(words_.gap_before(i)); --i)
      if (is_skill(i - 1)) return true;
    for (std::size_t i = end_; i < words_.size() && !ends_sentence(words_.gap_before(i)); ++i)
      if (is_skill(i)) return true;
    return false;
  }

  // It says nothing that is no part of a refusal; of themselves people say only what they want.
  bool is_bare() const {
    const Roles part = beside_refusals | (any(roles::wish) ? roles::self : 0) | (requests_ ? roles::addressed : 0);
    for (std::size_t i = begin_ + (requests_ ? 1 : 0); i < end_; ++i)  // "could" opens a request
      if ((i < first_ || i >= behind_) && !is_part(words_, i, part) && !is_in_name(words_, found_, i)) return false;
    return true;
  }

  const SaidWords& words_;
  const std::vector<Mention>& found_;
  std::size_t begin_, end_, first_, behind_;
  Around around_;
  bool without_ = false;  // "without any skills", and not of somebody who has none
  bool library_ = false;  // the phrase names it
  bool meant_ = false;    // the library or an occasion is named, so that "the skills" are the assistant's
  bool asks_ = false, requests_ = false;  // a question, and one that asks the assistant
};

using Clauses = bool (KindClause::*)() const;

// The word of kind of the first clause that refuses so.
std::optional<std::size_t> refusal_of(Clauses refuses, const SaidWords& words, const std::vector<Mention>& found) {
  for (std::size_t kind = 0; kind < words.size(); ++kind)
    if ((words[kind].roles & roles::skill) != 0 && !is_named(words, found, kind) &&
        (KindClause(words, found, kind).*refuses)())
      return kind;
  return std::nullopt;
}

// "Not X any more, please": beside the refused names nothing is said that could be about anything.
bool only_refuses(const SaidWords& words, const std::vector<Mention>& found) {
  if (found.empty() || std::ranges::any_of(found, [](const Mention& one) { return !one.refused; })) return false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (!is_part(words, i, beside_names | roles::self) && !is_in_name(words, found, i)) return false;
  }
  return true;
}

// "No skills except X": what stands behind the word that takes it out is called.
void call_excepted(const SaidWords& words, std::size_t kind, std::vector<Mention>& found) {
  bool excepted = false;
  for (std::size_t i = kind + 1; i < words.size() && !ends_sentence(words.gap_before(i)); ++i) {
    excepted = excepted || (words[i].roles & roles::but) != 0;
    for (Mention& mention : found)
      if (excepted && mention.begin == words[i].begin) mention.refused = false;
  }
}

class Reader {
 public:
  Reader(std::string_view text, const std::function<bool(std::uint32_t)>& knows) : words_(text), knows_(knows) {}

  Heard read() {
    if (words_.size() == 0) return {};
    whole_text();
    if (!words_.has_anchor()) return {std::move(found_)};
    for (std::size_t at = 0; at < words_.size();) at = name_at(at);
    const std::optional<std::size_t> none = refusal_of(&KindClause::refuses_all, words_, found_);
    if (none) call_excepted(words_, *none, found_);
    const bool only = only_refuses(words_, found_);
    const bool that = !none && refusal_of(&KindClause::refuses_that, words_, found_);
    return {std::move(found_), none.has_value(), only, that};
  }

 private:
  void whole_text() {
    if (words_.size() > longest_name) return;
    const std::uint32_t begin = words_[0].begin, end = words_[words_.size() - 1].end;
    for (std::size_t i = 1; i < words_.size(); ++i)
      if (!words_.joins(i)) return;
    const std::string_view before = letters::trim(words_.text().substr(0, begin));
    const std::string_view behind = letters::trim(words_.text().substr(end));
    if (before.size() > 1 || behind.find_first_not_of("`.!\"*") != std::string_view::npos) return;
    if (!before.empty() && before != "`") return;  // with a mark it is found below
    const std::uint32_t hash = name_hash(words_.text().substr(begin, end - begin));
    if (knows_(hash)) found_.push_back({begin, end, hash, false, CallMark::none, 0});
  }

  // The longest name that begins here and is called or refused. Returns the word to go on at.
  std::size_t name_at(std::size_t begin) {
    if (!words_.is_near_anchor(begin)) return begin + 1;
    const bool marked = words_.mark_before(begin) != CallMark::none;  // then a space ends the name
    std::size_t ends[longest_name];
    std::size_t count = 0;
    for (std::size_t end = begin; end < words_.size() && end < begin + longest_name; ++end) {
      if (end > begin && (!words_.joins(end) || (marked && letters::is_space(words_.text()[words_[end].begin - 1]))))
        break;
      ends[count++] = end + 1;
    }
    for (; count > 0; --count) {
      const std::size_t end = ends[count - 1];
      const std::uint32_t hash = name_hash(words_.row(begin, end));
      if (!words_.stands_alone(begin, end) || !knows_(hash)) continue;
      if (const std::optional<Mention> mention = judge(begin, end, hash)) {
        const bool known =
            !found_.empty() && found_.back().begin == mention->begin && found_.back().end == mention->end;
        if (!known) found_.push_back(*mention);
        last_end_ = end;
        return end;
      }
    }
    return begin + 1;
  }

  // The names that go on a list behind a name: ", B and C skills".
  struct List {
    Roles kinds = 0;      // behind the last one
    bool ends = false;    // with "and" before the last one, or with a word of kind: it is a list
    bool joined = false;  // one of them is no ordinary word
  };

  // "X and Y": whether only such a word, or the comma of a list, stands between this name and the one before.
  const Mention* joined_to(std::size_t begin, const List& list) const {
    if (found_.empty() || last_end_ == 0 || begin < last_end_ || begin - last_end_ > 4) return nullptr;
    if (found_.back().end != words_[last_end_ - 1].end || found_.back().mark != CallMark::none) return nullptr;
    if (begin == last_end_) return is_comma(words_.gap_before(begin)) && list.ends ? &found_.back() : nullptr;
    bool and_also = false;
    for (std::size_t i = last_end_; i < begin; ++i) {
      if ((words_[i].roles & (roles::and_also | roles::filler | roles::kinds)) == 0) return nullptr;
      and_also = and_also || (words_[i].roles & roles::and_also) != 0;
    }
    return and_also ? &found_.back() : nullptr;
  }

  // The end of the longest known name that begins at the word; the word itself: none does.
  std::size_t end_of_name(std::size_t begin) const {
    std::size_t best = begin;
    for (std::size_t end = begin; end < words_.size() && end < begin + longest_name; ++end) {
      if (end > begin && !words_.joins(end)) break;
      if (words_.stands_alone(begin, end + 1) && knows_(name_hash(words_.row(begin, end + 1)))) best = end + 1;
    }
    return best;
  }

  List list_behind(std::size_t end) const {
    constexpr int most = 8;
    List list;
    for (int names = 0; names < most && end < words_.size(); ++names) {
      std::size_t next = end;
      const bool comma = is_comma(words_.gap_before(next));
      bool and_also = false;
      for (; next < words_.size() && (words_[next].roles & roles::and_also) != 0 && next < end + 2; ++next)
        and_also = true;
      if (!and_also && !comma) break;
      if (next < words_.size() && (words_[next].roles & roles::filler) != 0) ++next;  // "and the Y"
      const std::size_t behind = next < words_.size() ? end_of_name(next) : next;
      if (behind == next) break;
      const std::string_view name = words_.row(next, behind);
      list.joined = list.joined || name.find('-') != std::string_view::npos;
      list.ends = list.ends || and_also;
      end = behind;
      if (end == words_.size() || (words_[end].roles & roles::kinds) == 0) continue;
      list.kinds = ends_clause(words_.gap_before(end)) ? 0 : words_[end].roles & roles::kinds;
      list.ends = list.ends || list.kinds != 0;
      if (list.kinds != 0) break;
    }
    return list;
  }

  std::optional<Mention> judge(std::size_t begin, std::size_t end, std::uint32_t hash) const {
    Mention mention{words_[begin].begin, words_[end - 1].end, hash, false, words_.mark_before(begin), 0};
    Around around;
    look_back(words_, begin, around);
    look_ahead(words_, end, around);
    const List list = list_behind(end);
    if (const Mention* before = joined_to(begin, list)) {
      around.refused = around.refused || before->refused;
      around.called = around.called || !before->refused;
      if (around.kinds == 0) around.kinds = before->kinds;
    }
    if (around.kinds == 0) around.kinds = list.kinds;
    mention.kinds = around.kinds;
    const std::string_view name = words_.text().substr(mention.begin, mention.end - mention.begin);
    const bool spaced = name.find(' ') != std::string_view::npos;
    const bool joined = !spaced && name.find_first_of("-_:.0123456789") != std::string_view::npos;
    const bool marked = mention.mark != CallMark::none;
    const bool in_code = mention.begin > 0 && words_.text()[mention.begin - 1] == '`';
    const bool is_name = marked || joined || mention.kinds != 0 || (list.joined && list.ends);
    const bool negated = around.refused != around.stopped;  // "do not forget to use X" refuses nothing
    if (negated && !around.asked_why && (is_name || in_code || (spaced && around.called))) {
      mention.refused = true;
      return mention;
    }
    const bool called = marked || (around.called && (is_name || spaced || in_code)) || (around.wide && is_name) ||
                        around.kind_with_colon;
    return called ? std::optional(mention) : std::nullopt;
  }

  SaidWords words_;
  const std::function<bool(std::uint32_t)>& knows_;
  std::vector<Mention> found_;
  std::size_t last_end_ = 0;
};

}  // namespace

std::uint32_t name_hash(std::string_view name) noexcept {
  std::uint32_t hash = 2166136261U;
  const auto add = [&](std::string_view bytes) {
    for (const char c : bytes) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
  };
  for (std::size_t at = 0; at < name.size();) {
    const unicode::Decoded c = unicode::decode(name, at);
    if (c.code_point < 0x80) {
      const char letter = letters::to_lower(name[at]);
      const bool joint = is_joint(letter) || letter == '/';
      if (!joint)
        add({&letter, 1});
      else if (at > 0 && !is_joint(name[at - 1]))
        add(" ");
    } else if (const std::string_view latin = letters::plain_latin(c.code_point); !latin.empty()) {
      add(latin);
    } else {
      const char32_t small = letters::small_cyrillic(c.code_point);
      for (int shift = 16; shift >= 0; shift -= 8) {
        const char byte = static_cast<char>(small >> shift);
        add({&byte, 1});
      }
    }
    at += c.length;
  }
  return hash == 0 ? 1 : hash;
}

Heard hear(std::string_view said, const std::function<bool(std::uint32_t)>& knows) {
  return Reader(said, knows).read();
}

}  // namespace cascade::prompt
