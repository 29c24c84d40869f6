// What is said before the first clause that asks waits for it; what is said behind one belongs to it, unless a joint
// says that something else follows. If nothing asks, statements that something is wrong are needs of their own.

#include <utility>

#include "needs/message.h"
#include "text/names.h"

namespace cascade::needs {
namespace {

// "two things:", "tasks for today": only announces needs.
bool announces(const Message& message, Words words) {
  constexpr std::size_t longest = 14, longest_list = 9;
  if (words.empty() || words.size() > longest) return false;
  if (message.is(words.end - 1, roles::announced) && message.has(words, roles::number)) return true;
  const bool colon = message[words.end - 1].mark == ':';
  return colon && words.size() <= longest_list && message.has(words, roles::listed);
}

bool ends_at_colon(const Message& message, Words before, Words behind) {
  constexpr std::size_t label = 3;
  if (before.size() <= label || announces(message, before)) return true;
  if (!opens(head_of(message, without_joints(message, behind).words, false))) return false;
  const Words own = without_joints(message, before).words;
  return own.size() <= label + 1 || !opens(head_of(message, own, false));
}

bool is_joint_only(const Message& message, Words words) {
  const Words rest = without_joints(message, words).words;
  const Row row = message.row_at(rest, roles::joins);
  return row && row.size == rest.size();
}

// In order and without gaps. A piece that is nothing but joints ("P.S.") stays with the next.
std::vector<Words> sentences_of(const Message& message, Words line) {
  std::vector<Words> sentences;
  std::size_t begin = line.begin;
  for (std::size_t i = line.begin; i + 1 < line.end; ++i) {
    const Word& word = message[i];
    const bool dash = message[i + 1].dashed;
    if ((word.mark == 0 && !dash) || word.quoted) continue;
    const Words before{begin, i + 1};
    if (word.mark == ':' && !dash && !ends_at_colon(message, before, {i + 1, line.end})) continue;
    if (is_joint_only(message, before)) continue;
    sentences.push_back(before);
    begin = i + 1;
  }
  if (begin < line.end) sentences.push_back({begin, line.end});
  return sentences;
}

// A list is one of needs if half of its items ask or the line above announces needs, detail if that says so or asks
// itself. lead: the line above; of at most `longest_lead` words ("please prepare:") it only heads the list.
enum class ListKind : std::uint8_t { none, lead, needs, detail };
constexpr std::size_t longest_lead = 4;

ListKind kind_of(const Message& message, const std::vector<Words>& items, const Line* lead) {
  std::size_t asking = 0, wrong = 0;
  for (const Words& item : items) {
    const bool asked = message[item.end - 1].mark == '?';
    asking += opens(head_of(message, without_joints(message, item).words, asked)) ? 1 : 0;
    wrong += message.has(item, roles::wrong) ? 1 : 0;
  }
  const bool most_ask = asking * 2 >= items.size();
  if (lead == nullptr) return ListKind::needs;
  const Words above = without_joints(message, lead->words).words;
  const Head head = head_of(message, above, false);
  const bool listed = message.has(above, roles::listed);
  if (message.has(above, roles::details) && !listed) return ListKind::detail;
  if (most_ask || (listed && head != Head::question) || announces(message, above)) return ListKind::needs;
  if (opens(head) && asking == 0) return above.size() <= longest_lead ? ListKind::needs : ListKind::detail;
  return asking > 0 || wrong * 2 >= items.size() ? ListKind::needs : ListKind::detail;
}

// For each line of the message; none: it is no item.
std::vector<ListKind> lists_in(const Message& message) {
  const std::vector<Line>& lines = message.lines();
  std::vector<ListKind> kinds(lines.size(), ListKind::none);
  for (std::size_t i = 0; i < lines.size();) {
    if (lines[i].kind != LineKind::item) {
      ++i;
      continue;
    }
    std::vector<Words> items;
    std::size_t end = i;
    for (; end < lines.size() && lines[end].kind != LineKind::heading; ++end) {
      if (lines[end].kind == LineKind::text && !lines[end].indented) break;
      if (lines[end].kind == LineKind::item && !lines[end].words.empty()) items.push_back(lines[end].words);
    }
    const bool led = i > 0 && !lines[i - 1].words.empty();
    if (!items.empty()) {
      const ListKind kind = kind_of(message, items, led ? &lines[i - 1] : nullptr);
      if (led && kind == ListKind::needs) kinds[i - 1] = ListKind::lead;
      std::fill(kinds.begin() + static_cast<std::ptrdiff_t>(i), kinds.begin() + static_cast<std::ptrdiff_t>(end), kind);
    }
    i = std::max(end, i + 1);
  }
  return kinds;
}

// What was said and belongs to no need yet.
struct Waiting {
  Words words;  // none in what is pasted and in headings
  std::uint32_t begin, end;
};

class Found {
 public:
  explicit Found(const Message& message) : message_(message) {}

  bool empty() const noexcept { return needs_.empty(); }
  const std::vector<Waiting>& waiting() const noexcept { return waiting_; }
  bool is_small(Words words) const { return words.empty() || message_.row_at(words, roles::person); }

  void wait(Words words) { waiting_.push_back({words, begin_of(words), end_of(words)}); }
  void wait(std::uint32_t begin, std::uint32_t end) { waiting_.push_back({{}, begin, end}); }
  void belong(Words words) { needs_.empty() ? wait(words) : belong_to(end_of(words)); }
  void belong_to(std::uint32_t end) { needs_.back().part.end = std::max(needs_.back().part.end, end); }

  void open(Words clause, Sign sign) {
    const Words core = without_joints(message_, clause).words;
    if (core.empty()) return;
    Need need{{begin_of(core), end_of(core)}, {begin_of(core), end_of(core)}, sign, {}, {}};
    if (!waiting_.empty()) need.part.begin = waiting_.front().begin;
    waiting_.clear();
    needs_.push_back(need);
  }

  // The last statement that waits becomes a need, with what waits before it.
  void open_statement() {
    const Waiting last = waiting_.back();
    if (last.words.empty()) return;
    waiting_.pop_back();
    open(last.words, Sign::statement);
  }

  void note(const Clause& clause, Head head, bool after_blank) {
    constexpr std::size_t fewest = 4;
    const Words& words = clause.words;
    if (head == Head::statement && words.size() >= fewest && !is_small(words))
      statements_.push_back({{begin_of(words), end_of(words)}, clause.joined || after_blank});
  }

  void note_sides(const ClauseCut& cut) {
    for (std::size_t i = 0; i <= cut.doubts.size() && !cut.doubts.empty(); ++i) {
      const std::size_t begin = i == 0 ? cut.words.begin : cut.doubts[i - 1].at;
      const std::size_t end = i == cut.doubts.size() ? cut.words.end : cut.doubts[i].at;
      const Words words = without_joints(message_, {begin, end}).words;
      if (!words.empty()) sides_.push_back({{begin_of(words), end_of(words)}, cut.doubts[i == 0 ? 0 : i - 1].strong});
    }
  }

  std::vector<Need> take() {
    if (needs_.empty()) split_statements();
    if (!needs_.empty())
      for (const Waiting& waiting : waiting_) belong_to(waiting.end);
    const auto size = static_cast<std::uint32_t>(message_.text().size());
    if (needs_.empty()) needs_.push_back({{0, size}, {0, size}, Sign::whole, {}, {}});
    if (needs_.size() == 1) needs_.front() = {{0, size}, needs_.front().core, Sign::whole, {}, {}};
    for (Need& need : needs_) {
      for (const Statement& statement : statements_)
        if (const ByteRange& range = statement.range;
            range.begin >= need.part.begin && range.end <= need.part.end &&
            (range.end <= need.core.begin || range.begin >= need.core.end || need.core.end - need.core.begin == size))
          need.statements.push_back(statement);
      for (const Statement& side : sides_)
        if (side.range.begin >= need.part.begin && side.range.end <= need.part.end) need.sides.push_back(side);
    }
    return std::move(needs_);
  }

 private:
  std::uint32_t begin_of(Words words) const { return message_[words.begin].begin; }
  std::uint32_t end_of(Words words) const { return message_[words.end - 1].end; }

  void split_statements() {
    std::size_t wrong = 0, all = 0;
    for (const Waiting& waiting : waiting_) {
      if (waiting.words.empty()) continue;
      ++all;
      wrong += message_.has(waiting.words, roles::wrong) && !is_small(waiting.words) ? 1 : 0;
    }
    if (wrong < 2 || wrong != all) return;
    for (const Waiting& waiting : std::exchange(waiting_, {}))
      waiting.words.empty() ? (needs_.empty() ? void() : belong_to(waiting.end)) : open(waiting.words, Sign::statement);
  }

  const Message& message_;
  std::vector<Need> needs_;
  std::vector<Waiting> waiting_;
  std::vector<Statement> statements_, sides_;
};

class Splitter {
 public:
  explicit Splitter(const Message& message) : message_(message), lists_(lists_in(message)), found_(message) {}

  std::vector<Need> split() {
    for (std::size_t i = 0; i < message_.lines().size(); ++i) read_line(i);
    return found_.take();
  }

 private:
  void read_line(std::size_t number) {
    const Line& line = message_.lines()[number];
    after_blank_ = after_blank_ || line.after_blank;
    if (line.kind == LineKind::pasted) {
      if (found_.empty() || !found_.waiting().empty())
        found_.wait(line.begin, line.end);
      else
        found_.belong_to(line.end);
      return;
    }
    if (line.words.empty()) return;
    if (line.kind == LineKind::heading) return head_section(line);
    if (line.kind == LineKind::item && lists_[number] == ListKind::detail) {
      found_.belong(line.words);
      after_blank_ = false;
      return;
    }
    bool item = line.kind == LineKind::item;
    for (const Words& sentence : sentences_of(message_, line.words)) {
      if (lists_[number] == ListKind::lead && sentence.end == line.words.end && sentence.size() <= longest_lead) break;
      read_sentence(sentence, std::exchange(item, false));
      after_blank_ = false;
    }
  }

  // A section with statements alone is a need, if another follows.
  void head_section(const Line& line) {
    if (found_.waiting().size() > 1 && section_) found_.open_statement();
    section_ = !message_.has(line.words, roles::details);
    found_.wait(line.begin, line.end);
    headed_ = true;
  }

  void read_sentence(Words sentence, bool item) {
    const Clause whole = without_joints(message_, sentence);
    if (whole.words.empty()) return;
    const bool asked = message_[sentence.end - 1].mark == '?';
    found_.note(whole, head_of(message_, whole.words, asked), after_blank_);
    const std::vector<ClauseCut> cuts = clauses_of(message_, sentence, asked, !found_.empty());
    for (const ClauseCut& cut : cuts) found_.note_sides(cut);
    Head head = cuts.front().head;
    const bool is_item = item && !opens(head) && whole.words.size() > 1;
    if (!item && announces(message_, whole.words)) return;
    const Row verb = message_.row_at(whole.words, roles::acts);
    bool opened =
        opens(head) || is_item || (head == Head::limits && found_.empty() && found_.waiting().empty() && verb);
    if (head == Head::handles) opened = found_.empty() || !found_.waiting().empty();
    if (opened && only_details(whole, head, cuts.size(), item)) return found_.belong(sentence);
    if (!opened) return read_statement(sentence, whole, head, cuts);
    if (is_second(sentence, whole)) found_.open_statement();
    headed_ = false;
    if (is_item && cuts.size() > 1) {
      found_.wait(whole_of(cuts.front().words));
      return open_rest(cuts);
    }
    found_.open(cuts.front().words, item ? Sign::item : Sign::asks);
    open_rest(cuts);
  }

  // A statement goes with the clause behind it ("and the page is slow, make it faster").
  void open_rest(const std::vector<ClauseCut>& cuts) {
    for (std::size_t i = 1; i < cuts.size(); ++i) {
      const bool states = cuts[i].head == Head::statement;
      if (states && i + 1 < cuts.size())
        found_.wait(whole_of(cuts[i].words));
      else
        found_.open(cuts[i].words, states ? Sign::joint : Sign::clause);
    }
  }
  Words whole_of(Words clause) const { return without_joints(message_, clause).words; }

  // "can you help?", "what do you think", "I need it to be fast" behind a need.
  bool only_details(const Clause& clause, Head head, std::size_t cuts, bool item) const {
    if (found_.empty()) return false;
    const Words& words = clause.words;
    const Row closing = message_.row_at(words, roles::closing);
    if (closing && closing.size + 3 >= words.size()) return true;
    if (head == Head::ask && words.size() <= 4 && !message_.has(words, roles::acts)) return true;
    if (head != Head::wish || cuts != 1 || clause.joined || item || after_blank_ || !found_.waiting().empty())
      return false;
    const Row wish = message_.row_at(words, roles::opens);
    if (!wish || wish.size >= words.size()) return false;
    const std::size_t next = words.begin + wish.size;
    return !message_.is(next, roles::article | roles::infinitive | roles::politeness) &&
           !message_.has(words, roles::infinitive);
  }

  // "X is down. And draft a mail": what waits before the first one that asks is a need, if a joint stands between them.
  bool is_second(Words sentence, const Clause& whole) const {
    if (!found_.empty() || headed_ || found_.waiting().empty() || found_.waiting().back().words.empty()) return false;
    std::size_t count = 0;
    bool wrong = false;
    for (const Waiting& waiting : found_.waiting()) {
      count += waiting.words.size();
      wrong = wrong || message_.has(waiting.words, roles::wrong);
    }
    const Words& last = found_.waiting().back().words;
    if (count <= 3 || message_[last.end - 1].mark == ':') return false;
    const bool order = message_.row_at(sentence, roles::in_order) || message_.row_at(sentence, roles::between);
    if (!whole.fresh && !order) return false;
    return wrong || (found_.waiting().size() == 1 && !found_.is_small(last));
  }

  // What does not ask by its head; clauses behind it may.
  void read_statement(Words sentence, const Clause& whole, Head head, const std::vector<ClauseCut>& cuts) {
    if (cuts.size() > 1) {
      const Words first = without_joints(message_, cuts.front().words).words;
      const bool takes = leans(message_, cuts[1].words) && head == Head::statement;
      if (found_.empty() || whole.fresh || head == Head::reason || takes || (after_blank_ && head == Head::statement))
        found_.wait(first);
      else
        found_.belong(first);
      headed_ = false;
      return open_rest(cuts);
    }
    const Words& words = whole.words;
    const bool own = !found_.is_small(words);
    if (whole.fresh && found_.empty() && !found_.waiting().empty() && words.size() > 1 && !headed_) {
      found_.open_statement();
      return found_.open(words, Sign::joint);
    }
    if (found_.empty() || headed_) return found_.wait(words);
    if (head == Head::statement && whole.fresh && words.size() > 2 && own) return found_.open(words, Sign::joint);
    if (!found_.waiting().empty() || (head == Head::statement && after_blank_ && own)) return found_.wait(words);
    found_.belong(sentence);
  }

  const Message& message_;
  const std::vector<ListKind> lists_;
  Found found_;
  bool after_blank_ = false, section_ = false, headed_ = false;
};

// These languages have no words between blanks to look at. A message is cut at the marks that end sentences, and behind
// any mark at which a joint stands; what begins with a word that limits belongs to the need before.
constexpr std::string_view ends[] = {"\xE3\x80\x82", "\xEF\xBC\x9B", "\xEF\xBC\x81", "\xEF\xBC\x9F", "\n"};
constexpr std::string_view pauses[] = {"\xEF\xBC\x8C", ",", "\xE3\x80\x81", "\xEF\xBC\x9A", ":", " ", "."};
constexpr std::size_t shortest = 12;  // bytes of a need: four characters

std::size_t mark_at(std::string_view text, std::span<const std::string_view> marks) {
  for (const std::string_view mark : marks)
    if (text.starts_with(mark)) return mark.size();
  return 0;
}

// The longest row of these roles that the text begins with, in bytes.
std::size_t row_at(std::string_view text, std::string_view language, Roles wanted) {
  std::size_t longest = 0;
  for (const WordRow& row : word_rows_from(static_cast<unsigned char>(language.front()))) {
    if (row.word.substr(0, 2) != language || (row.roles & wanted) == 0) continue;
    const std::string_view own = row.word.substr(3);
    if (text.starts_with(own)) longest = std::max(longest, own.size());
  }
  return longest;
}

class WideSplitter {
 public:
  WideSplitter(std::string_view text, std::string_view language) : text_(text), language_(language) {}

  void add(ByteRange part) {
    std::uint32_t begin = part.begin;
    for (std::uint32_t at = part.begin; at < part.end;) {
      const std::string_view rest = text_.substr(at, part.end - at);
      const std::size_t end = mark_at(rest, ends), pause = end != 0 ? end : mark_at(rest, pauses);
      const bool joined = pause != 0 && row_at(rest.substr(pause), language_, roles::joins) != 0;
      if (end == 0 && !joined) {
        at += static_cast<std::uint32_t>(std::max<std::size_t>(pause, 1));
        continue;
      }
      add_clause({begin, at});
      at += static_cast<std::uint32_t>(pause);
      begin = at;
    }
    add_clause({begin, part.end});
  }
  void belong(std::uint32_t end) {
    if (!needs_.empty()) needs_.back().part.end = end;
  }
  std::vector<Need> take() { return std::move(needs_); }

 private:
  void add_clause(ByteRange clause) {
    for (std::size_t skip = 1; skip != 0 && clause.begin < clause.end;) {
      const std::string_view rest = text_.substr(clause.begin, clause.end - clause.begin);
      skip = std::max({mark_at(rest, ends), mark_at(rest, pauses), row_at(rest, language_, roles::joins)});
      clause.begin = std::min(clause.end, clause.begin + static_cast<std::uint32_t>(skip));
    }
    if (clause.begin >= clause.end) return;
    const std::string_view own = text_.substr(clause.begin, clause.end - clause.begin);
    const bool limits = row_at(own, language_, roles::limits) != 0 || own.size() < shortest;
    if (!needs_.empty() && limits) return belong(clause.end);
    needs_.push_back({clause, clause, Sign::asks, {}, {}});
  }

  std::string_view text_, language_;
  std::vector<Need> needs_;
};

std::vector<Need> read_wide_needs(std::string_view text, const std::vector<prompt::Part>& parts,
                                  std::string_view language) {
  WideSplitter splitter(text, language);
  for (const prompt::Part& part : parts) {
    if (part.kind == prompt::PartKind::said)
      splitter.add({part.begin, part.end});
    else
      splitter.belong(part.end);
  }
  std::vector<Need> needs = splitter.take();
  const ByteRange all{0, static_cast<std::uint32_t>(text.size())};
  if (needs.size() < 2) needs = {{all, all, Sign::whole, {}, {}}};
  return needs;
}

}  // namespace

constexpr letters::Names<Sign::statement> sign_names("whole", "asks", "item", "clause", "joint", "statement");
std::string_view to_string(Sign sign) noexcept { return sign_names.of(sign); }

std::vector<Need> read_needs(std::string_view text, const std::vector<prompt::Part>& parts, std::string_view language) {
  if (language == "zh" || language == "ja" || language == "ko") return read_wide_needs(text, parts, language);
  return Splitter(Message(text, parts, language)).split();
}

}  // namespace cascade::needs
