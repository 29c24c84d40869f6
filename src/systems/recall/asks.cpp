// Finds where a person of the conversation (we, I, you) is joined with a past ("did we", "haben wir … verworfen"), and
// what leads to it: a question, a comparison, a noun with its clause, an order to remember. A sentence that only tells
// asks for nothing; what is asked about "you" or compared needs a time that is over, because this conversation has a
// past, too. Where a language writes no spaces, a time with a question or a comparison is the sign.
#include "recall/asks.h"

#include <algorithm>
#include <array>
#include <vector>

#include "text/names.h"

namespace cascade::past {
namespace {

constexpr std::array<std::string_view, route::language_count + 1> codes = {"de", "fr", "es", "pt", "it", "pl",
                                                                           "ru", "zh", "ja", "ko", "en"};
constexpr std::size_t most_words = 80, longest_row = 4, most_sentences = 200;

struct Word {
  std::string_view text;  // folded
  std::uint32_t begin = 0;
  Roles roles = 0;
  std::size_t size = 1;  // words of the longest row that begins here
  bool after_comma = false, is_time = false;
};

// "ed" ends a word, "ge-t" begins and ends one.
bool has_ending(std::string_view word, std::string_view ending) {
  const std::size_t dash = ending.find('-');
  const std::string_view begin = dash == std::string_view::npos ? std::string_view() : ending.substr(0, dash);
  const std::string_view end = dash == std::string_view::npos ? ending : ending.substr(dash + 1);
  return word.size() > begin.size() + end.size() + 1 && word.substr(0, begin.size()) == begin &&
         word.substr(word.size() - end.size()) == end;
}

Roles roles_of(const std::string& key) {
  const WordRow* const row =
      letters::find_row(word_rows_from(static_cast<unsigned char>(key.front())), &WordRow::word, std::string_view(key));
  return row == nullptr ? 0 : row->roles;
}

class Sentence {
 public:
  Sentence(std::string_view text, std::string_view language) : folded_(route::folded(text)), key_(language) {
    key_ += ' ';
    read(text);
    for (std::size_t i = 0; i < words_.size(); ++i) look_up(i);
  }

  std::size_t size() const noexcept { return words_.size(); }
  const Word& operator[](std::size_t i) const noexcept { return words_[i]; }
  bool is(std::size_t i, Roles wanted) const { return i < words_.size() && (words_[i].roles & wanted) != 0; }
  bool has(Roles wanted) const { return find(0, words_.size(), wanted) < words_.size(); }
  // `end` if there is none.
  std::size_t find(std::size_t begin, std::size_t end, Roles wanted) const {
    for (; begin < end; ++begin)
      if (is(begin, wanted)) return begin;
    return end;
  }
  bool begins_clause(std::size_t i) const { return i == 0 || words_[i].after_comma || is(i - 1, roles::joint); }
  // Says that the words from here belong to a time that is over.
  void mark_time(std::size_t begin, std::size_t size) {
    for (std::size_t i = begin; i < std::min(begin + size, words_.size()); ++i) words_[i].is_time = true;
  }
  bool ends_clause(std::size_t i) const { return i + 1 >= words_.size() || words_[i + 1].after_comma; }

 private:
  void read(std::string_view text) {
    std::size_t from = 0;
    const std::string_view all = folded_.text;
    for (std::size_t at = 0; at < all.size() && words_.size() < most_words; ++at) {
      if (all[at] == ' ') continue;
      const std::size_t end = std::min(all.find(' ', at), all.size());
      Word word{all.substr(at, end - at), folded_.offsets[at]};
      word.after_comma = text.substr(from, word.begin - from).find_first_of(",:;()") != std::string_view::npos;
      from = word.begin;
      words_.push_back(word);
      at = end;
    }
  }

  void look_up(std::size_t i) {
    std::string key = key_;
    for (std::size_t size = 1; size <= longest_row && i + size <= words_.size(); ++size) {
      key += (size == 1 ? "" : " ") + std::string(words_[i + size - 1].text);
      const Roles found = roles_of(key);
      words_[i].roles |= found;
      if (found != 0) words_[i].size = size;
    }
    const std::string endings = key_ + "-";
    const auto rows = word_rows_from(static_cast<unsigned char>(key_.front()));
    auto row = std::lower_bound(rows.begin(), rows.end(), std::string_view(endings),
                                [](const WordRow& one, std::string_view wanted) { return one.word < wanted; });
    for (; row != rows.end() && row->word.substr(0, endings.size()) == endings; ++row)
      if (has_ending(words_[i].text, row->word.substr(endings.size()))) words_[i].roles |= row->roles;
    if (is(i, roles::not_past)) words_[i].roles &= ~(roles::did | roles::past | roles::merged_you);
  }

  route::FoldedText folded_;
  std::string key_;
  std::vector<Word> words_;
};

// A person joined with a past.
struct Core {
  std::size_t begin = 0, end = 0;
  Roles person = 0;
  bool turned = false;  // the verb comes first, as in a question
};

// Where persons are joined with a past, and which words say a time that is over.
class Places {
 protected:
  explicit Places(Sentence& words) : words_(words) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::size_t size = words.is(i, roles::then)                                ? words[i].size
                               : is_last(i, roles::unit)                               ? last_size(i)
                               : words.is(i, roles::on) && words.is(i + 1, roles::day) ? 2
                                                                                       : 0;
      named_ = named_ || size > 0;
      words.mark_time(i, size);
      // "before" and "once" say a time only where nothing follows.
      if (words.is(i, roles::once) && (!words.is(i, roles::joint) || words.ends_clause(i))) once_ = true;
    }
  }

  // "last week", "last two weeks", "semana pasada".
  bool is_last(std::size_t i, Roles what) const {
    return (words_.is(i, roles::last) && (words_.is(i + 1, what) || words_.is(i + 2, what))) ||
           (words_.is(i, what) && words_.is(i + 1, roles::last));
  }

  std::size_t last_size(std::size_t i) const { return words_.is(i + 1, roles::unit | roles::last) ? 2 : 3; }

  std::size_t behind_adverbs(std::size_t i) const {
    constexpr std::size_t most = 3;
    for (std::size_t left = most; left > 0 && words_.is(i, roles::adverb); --left) ++i;
    return i;
  }

  bool has_participle(std::size_t from, std::size_t most) const {
    for (std::size_t i = from; i < std::min(words_.size(), from + most); ++i) {
      if (words_.is(i, roles::past | roles::did)) return true;
      if (words_[i].after_comma) return false;
    }
    return false;
  }

  bool find_core(std::size_t i, Core& core) const {
    constexpr std::size_t wide = 14;
    if (words_.is(i, roles::merged | roles::merged_you) || (words_.is(i, roles::has) && has_participle(i + 1, 3))) {
      core = {i, i + 1, words_.is(i, roles::merged_you) ? roles::you : roles::we, false};
      return true;
    }
    if (words_.is(i, roles::turn | roles::aux)) {
      const std::size_t who = words_.is(i + 1, roles::person) ? i + 1 : behind_adverbs(i + 1);
      const bool is_past = words_.is(i, roles::turn) || has_participle(who + 1, wide);
      const bool told = i > 0 && words_.is(i - 1, roles::person);
      if (words_.is(who, roles::person) && is_past && !told) {
        core = {i, who + 1, words_[who].roles & roles::person, true};
        return true;
      }
    }
    if (!words_.is(i, roles::person)) return false;
    const Roles who = words_[i].roles & roles::person;
    const std::size_t verb = behind_adverbs(i + (words_.is(i, roles::we) ? words_[i].size : 1));  // "you and me"
    if (words_.is(verb, roles::did) || (words_.is(verb, roles::aux) && has_participle(verb + 1, wide))) {
      core = {i, verb + 1, who, false};
      return true;
    }
    // "die wir letzte Woche besprochen haben"
    for (std::size_t at = i + 1; at + 1 < std::min(words_.size(), i + wide); ++at)
      if (words_.is(at, roles::past) && words_.is(at + 1, roles::aux) && !words_[at + 1].after_comma &&
          !words_.is(i + 1, roles::aux)) {
        core = {i, at + 2, who, false};
        return true;
      }
    return false;
  }

  std::size_t near_of(std::size_t i) const { return std::min(words_.size(), i + 4); }
  // "one of our sessions", "our old chats"; "our chat app" is a program.
  bool has_talks(std::size_t i) const {
    const std::size_t at = words_.find(i, near_of(i), roles::talk);
    return at < near_of(i) && (words_[at].text.back() == 's' || is_last(at - 1, roles::talk));
  }
  // "our last conversation"
  bool is_ours(std::size_t i) const { return words_.find(i - std::min<std::size_t>(i, 2), i, roles::our) < i; }
  // "write a mail that we moved": what is written to others, who then are "we", stands before the sentence about it.
  bool is_for_others(const Core& core) const { return words_.find(0, core.begin, roles::letter) < core.begin; }

  Sentence& words_;
  bool named_ = false, once_ = false;
};

class Reader : Places {
 public:
  explicit Reader(Sentence& words) : Places(words) {}

  Asks read() const {
    Asks best = without_person();
    for (std::size_t i = 0; i < words_.size(); ++i)
      if (Core core; find_core(i, core)) best = std::max(best, judge(core));
    if (best == Asks::no || named_) return best;
    if (words_.has(roles::not_then)) return Asks::no;
    for (std::size_t i = 0; i < words_.size(); ++i)
      if (is_last(i, roles::artefact)) return Asks::no;
    return words_.has(roles::here) && !once_ ? Asks::maybe : best;
  }

  // What only says that it is past tells nothing of what is looked for.
  bool is_sign(std::size_t i) const {
    return words_[i].is_time || words_.is(i, roles::once | roles::memory | roles::talk | roles::same | roles::ask) ||
           (words_.is(i, roles::resume) && i < 2) || (words_.is(i, roles::result) && words_.has(roles::was));
  }

 private:
  Asks judge(const Core& core) const { return std::max(of_here(core), of_any(core)); }

  // "you told me", "I asked you": before anything was said here, it was said elsewhere. A condition and the end of an
  // order ("and list what you changed") are of this conversation all the same.
  Asks of_here(const Core& core) const {
    constexpr std::size_t wide = 14;
    if (is_for_others(core) || (core.begin > 0 && words_.is(core.begin - 1, roles::joint))) return Asks::no;
    std::size_t end = core.end;
    while (end < std::min(words_.size(), core.end + wide) && !words_[end].after_comma && !words_.is(end, roles::joint))
      ++end;
    const bool says = words_.find(core.begin, end, roles::told | roles::talked) < end;
    const bool resumes = words_.find(core.end, words_.size(), roles::resume) < words_.size();
    if ((core.person & roles::you) == 0 && (core.person & roles::we) != 0) return resumes ? Asks::at_first : Asks::no;
    if ((core.person & roles::i) != 0)
      return says && words_.find(core.end, end, roles::you) < end ? Asks::at_first : Asks::no;
    const bool opens_with_ask = words_.find(0, std::min<std::size_t>(words_.size(), 2), roles::ask) < 2;
    const bool leads = core.turned || opens_with_ask ? asks_before(core) : words_.begins_clause(core.begin);
    return says || leads ? Asks::at_first : Asks::no;
  }

  Asks of_any(const Core& core) const {
    const bool we = (core.person & roles::we) != 0;
    const std::size_t before = core.begin;
    if (is_remembered(core)) return Asks::plainly;
    if (asks_before(core)) return asked(core);
    if (core.turned) return words_.begins_clause(before) && (named_ || (once_ && we)) ? Asks::plainly : Asks::no;
    if (before > 0 && words_.is(before - 1, roles::alike | roles::that)) return compared(core);
    if (!words_.begins_clause(before) && !words_[before - 1].is_time && !words_.is(before - 1, roles::once))
      return clause_of_noun(core);
    return told(core);
  }

  // "do you remember why we", "remind me how I"; "remember that we" is an order to keep it.
  bool is_remembered(const Core& core) const {
    const std::size_t at = words_.find(0, core.begin, roles::memory);
    if (at == core.begin) return false;
    return words_.is(core.begin - 1, roles::ask | roles::alike) || (at > 0 && words_.is(at - 1, roles::i | roles::you));
  }

  Asks asked(const Core& core) const {
    const bool we = (core.person & roles::we) != 0;
    if (!core.turned && is_for_others(core)) return Asks::no;
    if (!core.turned && !named_ && words_.ends_clause(core.end - 1)) return Asks::maybe;
    // "the notes say what we agreed on"
    const std::size_t asks = words_.find(0, core.begin, roles::ask);
    if (!core.turned && words_.find(0, asks, roles::artefact) < asks) return Asks::maybe;
    if (we || named_) return Asks::plainly;
    return (core.person & roles::i) != 0 ? Asks::maybe : Asks::no;
  }

  // A statement of what was said or of a trouble that was there already; any other one only tells.
  Asks told(const Core& core) const {
    const bool we = (core.person & roles::we) != 0;
    const std::size_t near = std::min(words_.size(), core.end + 1);
    if (is_for_others(core) || !(named_ || (once_ && we))) return Asks::no;
    if (!named_) return Asks::no;
    if (we && words_.find(core.begin, near, roles::talked) < near) return Asks::plainly;
    if (words_.find(core.begin, near, roles::told) == near) return Asks::no;
    return (core.person & roles::you) != 0 ? Asks::plainly : Asks::maybe;
  }

  // A word that asks stands before it in its clause, or opens the sentence.
  bool asks_before(const Core& core) const {
    for (std::size_t i = core.begin; i-- > 0;) {
      if (words_.is(i, roles::ask) && words_.is(i, roles::artefact)) return false;  // "how many"
      const bool may = !words_.is(i, roles::joint | roles::alike) || words_.is(i + 1, roles::turn);
      if (words_.is(i, roles::ask) && (core.turned || may)) return true;
      if (words_.is(i, roles::joint)) return false;
    }
    return false;
  }

  // "the settings we agreed on last week"; a file, a ticket or a release is looked for elsewhere.
  Asks clause_of_noun(const Core& core) const {
    if (words_.is(core.begin - 1, roles::artefact)) return Asks::no;
    if ((core.person & roles::i) != 0) return named_ ? Asks::maybe : Asks::no;
    const bool is_same = words_.find(0, core.begin, roles::same) < core.begin;
    return named_ || is_same ? Asks::plainly : (core.person & roles::we) != 0 ? Asks::maybe : Asks::no;
  }

  // "as we did for the import": a place that is named tells it from what was done a minute ago.
  Asks compared(const Core& core) const {
    if (is_for_others(core)) return Asks::no;
    if (named_) return Asks::plainly;
    const bool we = (core.person & roles::we) != 0;
    if (!we) return Asks::no;
    if (once_) return Asks::plainly;
    const bool at_hand = words_.find(core.end, words_.size(), roles::artefact | roles::here) < words_.size();
    return core.end + 2 < words_.size() && !at_hand ? Asks::plainly : Asks::maybe;
  }

  Asks without_person() const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if (is_last(i, roles::talk) && (is_ours(i) || words_.has(roles::we | roles::you | roles::resume)))
        return Asks::plainly;
      if (words_.is(i, roles::our) && has_talks(i)) return Asks::plainly;
      if (words_.is(i, roles::memory) && words_.has(roles::was) && words_.find(i, near_of(i), roles::our) < near_of(i))
        return Asks::plainly;
      if (words_.is(i, roles::alike) && i + 1 < words_.size() && words_[i + 1].is_time) return Asks::plainly;
      if (words_.is(i, roles::resume) && i < 2 && named_) return Asks::plainly;
      if (words_.is(i, roles::resume) && i < 4 && words_.is(i + words_[i].size, roles::joins)) return Asks::at_first;
      if (words_.is(i, roles::same) && is_same_trouble(i)) return Asks::plainly;
      // "what was the reason that"
      if (words_.is(i, roles::was) && i > 0 && words_.find(0, i, roles::ask) < i && i < 5) {
        const std::size_t noun = words_.find(i + 1, std::min(words_.size(), i + 5), roles::result);
        if (noun < std::min(words_.size(), i + 5)) return noun + 1 < words_.size() ? Asks::plainly : Asks::no;
      }
    }
    return Asks::no;
  }

  // "the same error as in the nightly job"
  bool is_same_trouble(std::size_t i) const {
    const std::size_t near = std::min(words_.size(), i + 4);
    const std::size_t noun = words_.find(i, near, roles::trouble);
    if (noun == near) return false;
    if (named_) return true;
    const std::size_t end = std::min(words_.size(), noun + 5);
    const std::size_t as = words_.find(noun + 1, end, roles::as_in);
    return as < end && words_.find(as + 1, words_.size(), roles::artefact | roles::here) == words_.size() &&
           as + 2 < words_.size();
  }
};

// Without spaces a row may stand anywhere.
Roles roles_within(std::string_view text, std::string_view language) {
  Roles all = 0;
  for (const WordRow& row : word_rows_from(static_cast<unsigned char>(language.front())))
    if (row.word.substr(0, 2) == language && text.find(row.word.substr(3)) != std::string_view::npos) all |= row.roles;
  return all;
}

Asks read_unspaced(Roles has) {
  if ((has & roles::not_then) != 0 || (has & (roles::ask | roles::alike | roles::memory)) == 0) return Asks::no;
  if ((has & roles::then) != 0) return (has & roles::letter) != 0 ? Asks::no : Asks::plainly;
  return (has & roles::once) != 0 && (has & roles::we) != 0 ? Asks::plainly : Asks::no;
}

std::string without_rows(std::string text, std::string_view language, Roles which) {
  for (const WordRow& row : word_rows_from(static_cast<unsigned char>(language.front()))) {
    if (row.word.substr(0, 2) != language || (row.roles & which) == 0) continue;
    const std::string_view word = row.word.substr(3);
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at))
      text.replace(at, word.size(), " ");
  }
  return text;
}

// The end of a sentence that begins at `at`: behind its mark, or at the end of its line.
std::size_t sentence_end(std::string_view text, std::size_t at) {
  for (; at < text.size(); ++at) {
    if (text[at] == '\n') return at + 1;
    for (const std::string_view wide : {"\xE3\x80\x82", "\xEF\xBC\x9F", "\xEF\xBC\x81"})
      if (text.substr(at, wide.size()) == wide) return at + wide.size();
    const bool is_mark = text[at] == '.' || text[at] == '?' || text[at] == '!' || text[at] == ';';
    if (is_mark && (at + 1 == text.size() || text[at + 1] == ' ' || text[at + 1] == '\n')) return at + 1;
  }
  return at;
}

}  // namespace

PastAsk asks_for_past(std::string_view prompt, route::Language language) {
  const std::string_view code = codes[static_cast<std::size_t>(language)];
  const bool unspaced = code == "zh" || code == "ja" || code == "ko";
  PastAsk ask;
  std::size_t count = 0;
  for (std::size_t at = 0; at < prompt.size() && count < most_sentences; ++count) {
    const std::size_t end = sentence_end(prompt, at);
    std::string_view text = prompt.substr(at, end - at);
    at = end;
    Asks asks = Asks::no;
    std::string words;
    if (unspaced) {
      asks = read_unspaced(roles_within(text, code));
      if (asks != Asks::no)
        words = without_rows(std::string(text), code,
                             roles::then | roles::once | roles::we | roles::ask | roles::memory | roles::alike);
    } else {
      Sentence sentence(text, code);
      const Reader reader(sentence);
      asks = reader.read();
      for (std::size_t i = 0; asks != Asks::no && i < sentence.size(); ++i)
        if (!reader.is_sign(i)) {
          const std::size_t stop = i + 1 < sentence.size() ? sentence[i + 1].begin : text.size();
          words += text.substr(sentence[i].begin, stop - sentence[i].begin);
        }
    }
    if (asks == Asks::no) continue;
    ask.asks = std::max(ask.asks, asks);
    ask.words += (ask.words.empty() ? "" : " ") + words;
  }
  return ask;
}

}  // namespace cascade::past
