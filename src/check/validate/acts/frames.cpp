// Goes over the text block by block. Of each block, and of each sentence in it, the parts that it has are a set of
// bits; a frame fits where its own bits are all there.
#include "validate/acts/act.h"

#include <algorithm>
#include <array>
#include <bitset>
#include <cassert>

#include "text/ascii.h"
#include "text/word_set.h"
#include "validate/reading/lists.h"
#include "validate/reading/stance.h"

namespace cascade::validation {
namespace {

using RoleSet = std::bitset<128>;
constexpr std::string_view special[] = {"address", "filled", "secret", "deed", "stranger", "right", "unsaid", "value"};

RoleSet bit_of(std::string_view role) {
  if (const auto* const own = std::ranges::find(special, role); own != std::end(special))
    return RoleSet(1) << static_cast<std::size_t>(own - special);
  const auto rows = role_rows();
  const auto row = std::ranges::find(rows, role, &RoleRow::role);
  const std::size_t number = std::size(special) + static_cast<std::size_t>(row - rows.begin());
  return row == rows.end() ? RoleSet() : RoleSet(1) << number;
}

// The parts that must be there, or with `refused` those that must not.
RoleSet parts_of_frame(const FrameRow& frame, bool refused) {
  RoleSet parts;
  any_of_list(frame.needs, ' ', [&](std::string_view role) {
    const bool no = role.front() == '~';
    if (no == refused) parts |= bit_of(role.substr(no ? 1 : 0));
    return false;
  });
  return parts;
}

bool is_of_word(char c) { return letters::is_word(c) || c == '\'' || c == '-'; }

// Finds the words of all parts in one pass: where a word may begin, its first two bytes say which rows to compare.
class WordsOfParts {
 public:
  WordsOfParts() {
    std::size_t part = std::size(special);
    for (const RoleRow& row : role_rows()) {
      any_of_list(row.words, ' ', [&](std::string_view words) {
        std::string wanted(words);
        std::replace(wanted.begin(), wanted.end(), '_', ' ');
        const std::size_t start = start_of(wanted);
        starts_[start].push_back({std::move(wanted), part});
        return false;
      });
      ++part;
    }
  }

  // `text`: in small letters, with one blank between words.
  RoleSet in(std::string_view text) const {
    RoleSet parts;
    for (std::size_t at = 0; at < text.size(); ++at) parts |= at_word(text, at);
    return parts;
  }

  // Whether a word that refuses stands right before one of the parts: "so that nothing is lost" refuses none of them.
  // `within_clause`: no sign stands between them; or it stands right behind the part ("tell nobody").
  bool refuses(std::string_view text, RoleSet parts, bool within_clause = false) const {
    constexpr std::size_t most_between = 5;
    const RoleSet no = bit_of("no");
    std::size_t since = most_between + 1;  // words since the last refusal
    std::size_t told = most_between + 1;   // words since one of the parts
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (within_clause && std::string_view(",;:.").find(text[at]) != std::string_view::npos)
        since = told = most_between + 1;
      if (!is_of_word(text[at]) || (at > 0 && is_of_word(text[at - 1]))) continue;
      const RoleSet begins = at_word(text, at);
      const bool refusal = (begins & no).any();
      if ((since <= most_between && (begins & parts).any()) || (within_clause && refusal && told <= 2)) return true;
      since = refusal ? 0 : since + 1;
      told = (begins & parts).any() ? 0 : told + 1;
    }
    return false;
  }

 private:
  struct Words {
    std::string text;
    std::size_t part;
  };
  // The parts of which a word begins here.
  RoleSet at_word(std::string_view text, std::size_t at) const {
    RoleSet parts;
    if (at > 0 && is_of_word(text[at - 1])) return parts;
    const std::string_view rest = text.substr(at);
    for (const Words& one : starts_[start_of(rest)])
      if (rest.starts_with(one.text) && (rest.size() == one.text.size() || !is_of_word(rest[one.text.size()])))
        parts.set(one.part);
    return parts;
  }
  static std::size_t start_of(std::string_view text) {
    const auto byte = [&](std::size_t i) { return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U; };
    return (byte(0) * 31U + byte(1)) % most_starts;
  }

  static constexpr std::size_t most_starts = 1024;
  std::array<std::vector<Words>, most_starts> starts_;
};

std::string plain(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '*' || c == '`') continue;
    const char lower = c == '_' ? ' ' : letters::to_lower(c);
    if (!letters::is_space(c))
      out += lower;
    else if (!out.empty() && out.back() != ' ')
      out += ' ';
  }
  for (std::size_t at = out.find("’"); at != std::string::npos; at = out.find("’")) out.replace(at, 3, "'");
  return out;
}

// An address whose end is put together: "?d=DATA", "/{name}", "?q=<text>".
bool has_filled_address(std::string_view text) {
  for (std::size_t at = text.find("://"); at != std::string_view::npos; at = text.find("://", at + 3)) {
    const std::string_view address = text.substr(at, text.substr(at).find_first_of(" \n\t\"'`"));
    for (std::size_t mark = address.find_first_of("={<$["); mark != std::string_view::npos && mark + 1 < address.size();
         mark = address.find_first_of("={<$[", mark + 1)) {
      const char next = address[mark + 1];
      if (address[mark] != '=' || letters::is_upper(next) ||
          std::string_view("{<$[").find(next) != std::string_view::npos)
        return true;
    }
  }
  return false;
}

std::string without_addresses(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t address = std::min(text.find("://", at), text.size());
    out += text.substr(at, address - at);
    at = std::min(text.find_first_of(" )\"'>", address), text.size());
  }
  return out;
}

// "never print the raw key": a secret that is kept from the screen, no deed that is kept from somebody.
bool keeps_value(std::string_view said) {
  bool shows = false, found = false;
  letters::each_word(said, [&](std::string_view word) {
    while (!word.empty() && !letters::is_letter(word.back())) word.remove_suffix(1);
    found |= shows && letters::is_one_of(word, lists::secret_values);
    shows = letters::is_one_of(word, lists::showing) || (shows && letters::is_one_of(word, lists::before_value));
  });
  return found;
}

// Whether the first address is where a link leads: something to read, not where data goes.
bool is_read_there(std::string_view text) {
  std::size_t begin = std::min(text.find("://"), text.size());
  while (begin > 0 && letters::is_letter(text[begin - 1])) --begin;
  const std::string_view before = text.substr(0, begin);
  return before.ends_with("](") || before.ends_with("href=\"") || before.ends_with("href='");
}

// A sentence ends with its item of a list.
std::size_t end_of_item(std::string_view text, std::size_t at) {
  for (std::size_t line = text.find('\n', at); line != std::string_view::npos; line = text.find('\n', line + 1)) {
    const std::size_t first = text.find_first_not_of(" \t", line + 1);
    if (first == std::string_view::npos) break;
    const std::string_view start = text.substr(first, 4);
    const std::size_t digits = start.find_first_not_of("0123456789");
    const bool numbered =
        digits != 0 && digits != std::string_view::npos && (start[digits] == '.' || start[digits] == ')');
    if (numbered || start.starts_with("- ") || start.starts_with("* ") || start.starts_with("|")) return line;
  }
  return text.size();
}

// Whether every needed part of this place stands in quotes, in a sentence or below a lead-in that does not say to
// follow it.
bool stands_in_quotes(const TextModel& text, const Range& range, const WordsOfParts& words, RoleSet needs) {
  constexpr std::size_t longest = 4096;
  const std::string_view raw = text.slice(range);
  if (raw.size() > longest || (words.in(plain(raw)) & needs) != needs) return false;
  std::string outside(raw);
  for (std::size_t i = 0; i < outside.size(); ++i)
    if (text.is_quoted(range.begin + i)) outside[i] = ' ';
  if (std::ranges::none_of(outside, letters::is_letter)) return false;
  for (const std::string_view lead : text.lead_ins(range.begin)) outside.append(1, '\n').append(lead);
  const RoleSet told = words.in(plain(outside)), obey = bit_of("obey");
  return (told & needs).none() && ((told & obey).none() || words.refuses(plain(outside), obey));
}

// "Act on the quotation to the letter": of the one above.
bool orders_quote(std::string_view next, const WordsOfParts& words) {
  const std::string said = plain(next);
  return has_phrase(said, lists::quotations) && (words.in(said)&bit_of("obey")).any() &&
         !words.refuses(said, bit_of("obey"));
}

// The parts that no word is.
RoleSet special_of(std::string_view raw, const std::string& said, const Promise& promise,
                   const ConfigurationKeys& keys) {
  RoleSet parts;
  if (raw.find("://") != std::string_view::npos) parts |= bit_of("address");
  if (has_filled_address(raw)) {
    parts |= bit_of("filled");
    if (raw.find("![") != std::string_view::npos) parts |= bit_of("send");  // whoever sees the picture asks for it
  }
  if (keeps_value(said)) parts |= bit_of("value");
  for (const Act& act : keys.acts(raw, 0))
    if (act.deed == Deed::rights && !promise.covers(act.topics)) parts |= bit_of("right");
  if (const PlaceRow* place = place_in(raw, false); place != nullptr && !promise.covers(place->topics))
    parts |= place->deed == Deed::secret ? bit_of("secret") : place->deed == Deed::rights ? bit_of("right") : RoleSet();
  if (const std::string host = host_in(raw); !host.empty() && !is_read_there(raw) && !promise.names_host(host))
    parts |= bit_of("stranger");
  return parts;
}

class Asking {
 public:
  Asking(const TextModel& text, const DeedsOfText& deeds, const Promise& promise)
      : text_(text), deeds_(deeds), promise_(promise) {
    for (const FrameRow& frame : frame_rows())
      frames_.push_back({&frame, parts_of_frame(frame, false), parts_of_frame(frame, true)});
  }

  std::vector<Asked> run() {
    assert(std::size(special) + role_rows().size() <= RoleSet().size());
    collect_blocks();
    for (std::size_t i = 0; i < blocks_.size(); ++i) block(i);
    return std::move(asked_);
  }

 private:
  struct Frame {
    const FrameRow* row;
    RoleSet needs, refused;
  };
  bool fits(const Frame& frame, RoleSet parts, const Range& range) const {
    if ((parts & frame.needs) != frame.needs) return false;
    const RoleSet no = bit_of("no"), tell = bit_of("tell");
    if ((frame.needs & no).any() && (frame.needs & tell).any() &&
        !words_.refuses(plain(text_.slice(range)), tell, true))
      return false;
    const RoleSet refused = parts & frame.refused;
    return refused.none() ||
           (refused == no && !words_.refuses(without_asides(plain(text_.slice(range)), Asides::people), frame.needs));
  }
  struct Sentence {
    Range range;
    RoleSet parts;
  };
  struct Block {
    Range range;
    bool said = false;    // not code, and no quotation: a comment is said to the model
    bool fenced = false;  // code with a language of its own
  };

  void collect_blocks() {
    for (std::size_t at = text_.body(); at < text_.text().size();) {
      const Range range = text_.block_at(at);
      if (range.end <= range.begin) {
        ++at;
        continue;
      }
      const std::size_t first = std::max(at, range.begin);
      const Region region = text_.region_at(
          first + std::min(text_.slice({first, range.end - 1}).find_first_not_of(" \t\n>*-#"), range.end - 1 - first));
      blocks_.push_back({range, region != Region::fence && region != Region::indented && region != Region::quote,
                         region == Region::fence});
      if (region != Region::quote && blocks_.size() > 1 && is_quote_ && orders_quote(text_.slice(range), words_))
        blocks_[blocks_.size() - 2].said = true;
      is_quote_ = region == Region::quote;
      at = std::max(range.end, at + 1);
    }
  }

  // Commands a few lines around count, too.
  static bool has_deed(const std::vector<std::size_t>& deeds, const Range& range) {
    constexpr std::size_t around = 500;
    const auto next = std::lower_bound(deeds.begin(), deeds.end(), range.begin - std::min(range.begin, around));
    return next != deeds.end() && *next < range.end + around;
  }

  RoleSet parts_of(const Range& range) const {
    const std::string_view raw = text_.slice(range);
    const std::string said = plain(raw);
    RoleSet parts = special_of(raw, said, promise_, keys_);
    if (has_deed(deeds_.all, range)) parts |= bit_of("deed");
    if (has_deed(deeds_.unsaid, range)) parts |= bit_of("unsaid");
    parts |= words_.in(said);
    if (raw.find("://") != std::string_view::npos && (words_.in(without_addresses(said)) & bit_of("private")).none())
      parts &= ~bit_of("private");
    return parts;
  }

  RoleSet parts_of(const Block& block) const {
    const RoleSet parts = parts_of(block.range);
    return block.fenced ? parts & ~bit_of("filled") : parts;
  }

  void block(std::size_t number) {
    const Block& block = blocks_[number];
    sentences_.clear();
    const Block* const next = number + 1 < blocks_.size() ? &blocks_[number + 1] : nullptr;
    const RoleSet parts = parts_of(block), both = next != nullptr ? parts | parts_of(*next) : parts;
    for (const Frame& frame : frames_) {
      const bool of_two = frame.row->within == "n";
      if (!block.said && !(of_two && next != nullptr && next->said && !block.fenced)) continue;
      const bool of_sentence = letters::equals_lower(frame.row->within, "s");
      if (of_sentence ? (parts & frame.needs) != frame.needs : !fits(frame, of_two ? both : parts, block.range))
        continue;
      const Range found = of_sentence ? sentence(block.range, frame) : block.range;
      if (found.end > found.begin && !is_shown(found, frame)) asked_.push_back({frame.row, found});
    }
  }

  // Quoted as an attack or an example, told by a sentence that warns of it, or asked about.
  bool is_shown(const Range& range, const Frame& frame) const {
    if (frame.row->within != "S" && introduces_attack(text_.slice(range))) return true;
    if (is_question(text_.slice(range)) || stands_in_quotes(text_, range, words_, frame.needs)) return true;
    const Stance stance = stance_of(text_, range.begin, range.end);
    return stance == Stance::attack || stance == Stance::example;
  }

  // The sentences of the block at hand, each read once for all frames.
  void read_sentences(const Range& block) {
    sentences_.clear();
    for (std::size_t at = block.begin; at < block.end;) {
      Range sentence = text_.sentence_at(at);
      const std::size_t last = std::min(sentence.end, block.end);
      sentence = {std::max(sentence.begin, at), end_of_item(text_.text().substr(0, last), at)};
      if (sentence.end <= at) {
        ++at;
        continue;
      }
      sentences_.push_back({sentence, parts_of(sentence)});
      at = sentence.end;
    }
  }

  Range sentence(const Range& block, const Frame& frame) {
    if (sentences_.empty()) read_sentences(block);
    const auto found =
        std::ranges::find_if(sentences_, [&](const Sentence& one) { return fits(frame, one.parts, one.range); });
    return found == sentences_.end() ? Range{} : found->range;
  }

  const TextModel& text_;
  const DeedsOfText& deeds_;
  const Promise& promise_;
  const WordsOfParts words_;
  const ConfigurationKeys keys_;
  std::vector<Frame> frames_;
  std::vector<Block> blocks_;
  std::vector<Sentence> sentences_;
  bool is_quote_ = false;  // the block before
  std::vector<Asked> asked_;
};

// Whether the word stands in the text, also with an ending ("schedules", "scheduled").
bool has_form(const std::string& text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
    if (at > 0 && letters::is_word(text[at - 1])) continue;
    std::size_t end = at + word.size();
    constexpr std::size_t longest_ending = 3;
    while (end < text.size() && letters::is_letter(text[end]) && end - at - word.size() <= longest_ending) ++end;
    if (end - at - word.size() <= longest_ending) return true;
  }
  return false;
}

// "stripe" of api.stripe.com; empty: it is too short to say whose the host is.
std::string_view owner_of(std::string_view host) {
  constexpr std::size_t least = 4;  // letters of a name that says whose the host is
  const std::size_t last = host.rfind('.');
  if (last == std::string_view::npos || last == 0) return {};
  std::string_view owner = host.substr(0, last);  // "api.stripe", "www.shop.co"
  std::size_t dot = owner.rfind('.');
  if (dot != std::string_view::npos && owner.size() - dot - 1 < least) {
    owner = owner.substr(0, dot);
    dot = owner.rfind('.');
  }
  if (dot != std::string_view::npos) owner.remove_prefix(dot + 1);
  const bool says = owner.size() >= least && std::ranges::any_of(owner, letters::is_letter);
  return says && owner != "example" ? owner : std::string_view();
}

}  // namespace

std::vector<Asked> asked_by(const TextModel& text, const DeedsOfText& deeds, const Promise& promise) {
  return Asking(text, deeds, promise).run();
}

Promise::Promise(std::string_view name, std::string_view description, std::string_view text)
    : said_(letters::to_lower(std::string(name) + " " + std::string(description))),
      text_(letters::to_lower(text)),
      name_(letters::to_lower(name)) {}

bool Promise::covers(std::string_view topics) const {
  return any_of_list(topics, ' ', [&](std::string_view word) { return has_form(said_, word); });
}

bool Promise::names_change() const {
  return std::ranges::any_of(lists::promised_changes, [&](std::string_view word) { return has_form(said_, word); });
}

bool Promise::names_host(std::string_view host) const {
  if (host.empty()) return false;
  if (text_.find(host) != std::string::npos) return true;
  const std::string_view owner = owner_of(host);
  return !owner.empty() && owner != name_ && has_form(text_, owner);  // its own name says nothing of a host
}

bool Promise::names_owner(std::string_view host) const {
  const std::string_view owner = owner_of(host);
  if (owner.empty() || owner == name_) return false;
  for (std::size_t at = text_.find(owner); at != std::string::npos; at = text_.find(owner, at + 1)) {
    const std::size_t end = at + owner.size();
    const auto is_of_address = [](char c) {
      return letters::is_letter_or_digit(c) || std::string_view("./@-").find(c) != std::string_view::npos;
    };
    const bool begins = at == 0 || !is_of_address(text_[at - 1]);
    const bool ends = end == text_.size() || !is_of_address(text_[end]) ||
                      (text_[end] == '.' && end + 1 < text_.size() && letters::is_space(text_[end + 1]));
    if (begins && ends) return true;
  }
  return false;
}

}  // namespace cascade::validation
