// From each written word on, joins the hashes of the next words one by one and looks each row up in the sorted table
// of names. A row that is a name counts as a call only with a mark ("/name", "@name") or a word of its kind ("use the
// name skill"), since most names are ordinary words. A second pass finds the words of names after "not", "without" and
// "instead of".
#include "route/answer/mentions.h"

#include <algorithm>

#include "language/negation.h"
#include "route/vocabulary.h"
#include "route/words.h"
#include "text/ascii.h"
#include "text/one_of.h"

namespace cascade::route {
namespace {

constexpr std::size_t longest_name = 9;

std::string_view text_of(const Prompt& prompt, const PromptWord& word) {
  return prompt.text.substr(word.offset, word.length);
}

constexpr std::string_view kind_words[] = {"skill", "agent", "command", "playbook", "subagent", "workflow"};
constexpr std::string_view call_words[] = {"use",   "using", "run",    "call", "invoke",  "load",    "start",
                                           "apply", "with",  "follow", "via",  "through", "execute", "launch"};
constexpr std::string_view use_words[] = {"use", "using"};

// A called entry and the number of words in the name used.
struct CalledName {
  std::uint32_t entry = 0, words = 0;
};

class Finder {
 public:
  Finder(const Tables& tables, const Prompt& prompt, Mentions& found)
      : tables_(tables), prompt_(prompt), found_(found) {
    for (std::uint32_t i = 0; i < prompt.words.size(); ++i)
      if (prompt.words[i].origin == Origin::written || prompt.words[i].origin == Origin::part) words_.push_back(i);
  }

  void run() {
    for (std::size_t begin = 0; begin < words_.size(); ++begin) names_at(begin);
    for (std::size_t at = 0; at < words_.size(); ++at) rule_out(at);
    std::sort(found_.ruled_out.begin(), found_.ruled_out.end());
  }

 private:
  const PromptWord& word(std::size_t at) const { return prompt_.words[words_[at]]; }
  std::string_view text(std::size_t at) const { return text_of(prompt_, word(at)); }
  // As it is read: "dont" for "don't", with either apostrophe.
  template <std::size_t size>
  bool is_read_as_one_of(const letters::WordSet<size>& words, std::size_t at) const {
    WordReader reader(prompt_.text.substr(word(at).offset));
    Word read;
    return reader.next(read) && words.has(read.text);
  }
  bool refuses_use(std::size_t at) const {
    return followed_by(at + 1, "use") && is_read_as_one_of(language::exclusions_with_use, at);
  }
  // "do not use", "never call", but not "if not, use" nor "instead use".
  bool is_refused(std::size_t at) const {
    return at > 0 && word(at).before < Break::clause &&
           (language::exclusions_of_names.has(text(at - 1)) ||
            is_read_as_one_of(language::exclusions_with_use, at - 1));
  }
  bool followed_by(std::size_t at, std::string_view lower) const {
    return at < words_.size() && letters::equals_lower(text(at), lower);
  }

  // The "/" or "@" directly before the word, if the mark begins a token; ' ' if there is none.
  char mark_before(std::size_t at) const {
    const std::uint32_t offset = word(at).offset;
    if (offset == 0) return ' ';
    const char mark = prompt_.text[offset - 1];
    if (mark != '/' && mark != '@') return ' ';
    if (offset >= 2 && prompt_.text[offset - 2] != ' ' && prompt_.text[offset - 2] != '\n' &&
        prompt_.text[offset - 2] != '(' && prompt_.text[offset - 2] != '`')
      return ' ';
    return mark;
  }

  bool called(std::size_t begin, std::size_t end) const {
    const char mark = mark_before(begin);
    const PromptWord& last = word(end - 1);
    const std::size_t after = last.offset + last.length;
    // "/swarm-status" calls swarm-status, not swarm.
    const bool goes_on = after < prompt_.text.size() &&
                         (prompt_.text[after] == '/' || prompt_.text[after] == '-' || prompt_.text[after] == '_');
    if (mark != ' ' && !goes_on) return true;
    const bool kind_behind = end < words_.size() && letters::is_one_of_lower(text(end), kind_words);
    const bool kind_ahead =
        begin > 0 && letters::is_one_of_lower(text(begin - 1), kind_words) && word(begin).before == Break::clause;
    if (!kind_behind && !kind_ahead) return false;
    for (std::size_t back = 1; back <= 3 && back <= begin; ++back)
      if (letters::is_one_of_lower(text(begin - back), call_words)) return !is_refused(begin - back);
    return kind_ahead;
  }

  // "@" calls an agent, "/" anything else. The mark tells names apart that differ only in their ending ("splitter",
  // "splitting").
  bool fits_mark(std::size_t begin, std::uint32_t entry) const {
    const char mark = mark_before(begin);
    const bool agent = static_cast<Kind>(tables_.entries[entry].kind) == Kind::agent;
    return mark == ' ' || (mark == '@') == agent;
  }

  void names_at(std::size_t begin) {
    std::uint32_t hash = 0, count = 0;
    for (std::size_t i = begin; i < words_.size() && count < longest_name; ++i) {
      const PromptWord& now = word(i);
      if (now.term == none || (i > begin && now.before >= Break::clause)) break;
      hash = join_hash(hash, now.term);
      ++count;
      const auto* name =
          std::lower_bound(tables_.names.begin(), tables_.names.end(), hash,
                           [](const NameRecord& record, std::uint32_t wanted) { return record.hash < wanted; });
      bool any = false;
      for (; name != tables_.names.end() && name->hash == hash; ++name) {
        if (name->words != count || name->entry >= tables_.entries.size) continue;
        any = true;
        if (called(begin, i + 1) && fits_mark(begin, name->entry)) longest_.push_back({name->entry, count});
      }
      if (any && !longest_.empty()) keep_longest(begin, i + 1);
    }
  }

  // Adds the called names of this length to the calls, each entry once.
  void keep_longest(std::size_t begin, std::size_t end) {
    const std::uint32_t most = longest_.back().words;
    for (const CalledName& named : longest_) {
      const bool known = std::any_of(found_.called.begin(), found_.called.end(),
                                     [&](const Call& call) { return call.entry == named.entry; });
      if (named.words == most && !known) found_.called.push_back({named.entry, is_of_kind(begin, end, named.entry)});
    }
    longest_.clear();
  }

  bool is_of_kind(std::size_t begin, std::size_t end, std::uint32_t entry) const {
    const auto kind = static_cast<Kind>(tables_.entries[entry].kind);
    if (const char mark = mark_before(begin); mark != ' ') return (mark == '@') == (kind == Kind::agent);
    const auto says = [&](std::string_view word) {
      return followed_by(end, word) || (begin > 0 && followed_by(begin - 1, word));
    };
    return (kind == Kind::skill && says("skill")) || (kind == Kind::command && says("command")) ||
           (kind == Kind::agent && (says("agent") || says("subagent")));
  }

  void rule_out(std::size_t at) {
    std::size_t next = at + 1;
    if (letters::equals_lower(text(at), "instead") || letters::equals_lower(text(at), "rather") ||
        letters::equals_lower(text(at), "other")) {
      if (!followed_by(next, "of") && !followed_by(next, "than")) return;
      ++next;
    } else if (!language::exclusions_in_requests.has(text(at)) && !refuses_use(at)) {
      return;
    }
    while (next < words_.size() && next < at + 4 &&
           (word(next).word_class == WordClass::function || letters::is_one_of_lower(text(next), use_words)))
      ++next;
    for (std::size_t i = next; i < words_.size() && i < next + 3 && (i == next || word(i).before <= Break::mark); ++i)
      if (word(i).term != none && word(i).word_class == WordClass::special && is_name_word(word(i).term))
        found_.ruled_out.push_back(word(i).term);
  }

  bool is_name_word(std::uint32_t term) const {
    for (const Posting& posting : tables_.read(tables_.postings, tables_.terms[term].postings))
      if ((posting.mask() & 1) != 0) return true;
    return false;
  }

  const Tables& tables_;
  const Prompt& prompt_;
  Mentions& found_;
  std::vector<std::uint32_t> words_;
  std::vector<CalledName> longest_;
};

}  // namespace

Mentions find_mentions(const Tables& tables, const Prompt& prompt) {
  Mentions found;
  Finder(tables, prompt, found).run();
  return found;
}

}  // namespace cascade::route
