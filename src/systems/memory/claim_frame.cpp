#include "memory/claims.h"

#include <algorithm>
#include <map>

#include "facts/terms.h"
#include "text/ascii.h"
#include "text/word_set.h"

namespace cascade::memory {

// The row of products.tsv that has the word: products for one purpose. 0: none.
std::size_t purpose_of(const std::string& word) {
  static const std::map<std::string_view, std::size_t> purposes = [] {
    std::map<std::string_view, std::size_t> all;
    std::size_t row = 0;
    for (const std::string_view names : recall::product_rows()) {
      ++row;
      letters::each_word(names.substr(0, names.find('|')), [&](std::string_view name) { all.emplace(name, row); });
    }
    return all;
  }();
  const auto found = purposes.find(word);
  return found == purposes.end() ? 0 : found->second;
}

namespace {

using letters::is_digit;

constexpr Roles measures = roles::lasts | roles::money | roles::weighs | roles::spans | roles::fills | roles::heat |
                           roles::data | roles::share;
constexpr Roles says_nothing = roles::limit | roles::stop | roles::over | roles::idle | roles::further | roles::scope |
                               roles::title | roles::any_verb;

constexpr const char* fresh = " new neu neue neuer neues nuevo nueva nouveau nouvelle ";

bool is(std::string_view word, Roles role) { return (roles_of(std::string(word)) & role) != 0; }

bool ends_clause(const std::string& word) {
  return std::string_view(",;.!?").find(word.back()) != std::string_view::npos;
}

bool is_clock(const std::string& word, const std::string& tail, const std::string& next) {
  return word.find(':') != std::string::npos || has(" h am pm ", tail) || has(" uhr am pm o'clock ", next);
}

// What a number says by its own form or by the word behind it.
Value number_of(const std::string& word, const std::string& next, bool ends) {
  const std::string tail = word.substr(std::min(word.find_first_not_of("0123456789.,:x-"), word.size()));
  Value value{word, roles::number, ""};
  if (is_clock(word, tail, next))
    value.sort = roles::clock;
  else if (is(tail, measures) || tail == "%")
    value.sort = tail == "%" ? roles::share : roles_of(tail) & measures;
  else if (is(next, measures))
    value.sort = roles_of(next) & measures;
  else if (!ends && !next.empty() && !is(next, ~Roles{0}) && !is_path(next) && !is_digit(next.front()))
    value.unit = stem(next);
  return value;
}

// Of "incubator 3 runs at 37 degrees" the first number says which one, and of "on Sundays at 6:00" the day says when.
// "pnpm here" gives the only thing that it names. `is_name`: the first value is such a number.
void part_names(Frame& frame, bool is_name) {
  std::vector<Value>& values = frame.values;
  if (values.empty() && frame.topics.size() == 1 && purpose_of(frame.topics[0].word) != 0) {
    values.push_back({frame.topics[0].word, roles::uses, std::to_string(purpose_of(frame.topics[0].word))});
    frame.topics.clear();
  }
  const auto is_day_value = [](const Value& value) { return value.sort == roles::day; };
  if (!std::all_of(values.begin(), values.end(), is_day_value)) {
    for (const Value& value : values)
      if (is_day_value(value)) frame.topics.push_back({value.text, true, true, Topic::end});
    std::erase_if(values, is_day_value);
  }
  if (values.size() < 2 || !is_name) return;
  frame.topics.push_back({values.front().text, true, false, Topic::end});
  values.erase(values.begin());
}

// "LYS4", "PVX"
bool is_id(std::string_view word) {
  return word.size() >= 3 && std::all_of(word.begin(), word.end(), [](char c) { return !letters::is_lower(c); }) &&
         letters::is_upper(word.front());
}

// A clause, word by word.
class Reader {
 public:
  Reader(const Texts& raw, std::size_t begin, std::size_t end) : raw_(raw), at_(begin), begin_(begin), end_(end) {
    while (at_ < end_) read();
    part_names(frame_, is_name_);
  }
  Frame take() { return std::move(frame_); }

 private:
  std::string low(std::size_t i) const { return i >= begin_ && i < end_ ? bare(raw_[i]) : std::string(); }

  void read() {
    const std::string word = low(at_);
    const Roles role = roles_of(word);
    if ((role & roles::since) != 0 && skip_time()) return;
    if (word == "not" || word == "kein" || word == "keine" ||
        ((role & roles::forbids) != 0 && word != "only" && word != "without" && word != "no"))
      frame_.forbids = true;
    frame_.adds = frame_.adds || (role & roles::further) != 0;
    if (word.empty() || read_value(word, role)) {
      ++at_;
      last_ = Topic::end;
      return;
    }
    if ((role & roles::any_verb) != 0) frame_.verbs.push_back(word);
    const bool is_new = has(fresh, word);
    if (is_new && !is(low(at_ + 1), roles::dimension)) {  // another one beside the old one
      frame_.topics.push_back({word, frame_.values.empty(), true, Topic::end});
    } else if (is_new || (role & says_nothing) != 0) {
      limits_ = (role & roles::limit) != 0 || (limits_ && (role & roles::stop) != 0);
      last_ = Topic::end;
    } else {
      add_topics(raw_[at_]);
    }
    ++at_;
  }

  void add_topics(const std::string& word) {
    for (const std::string& stem : content(word)) {
      if (last_ != Topic::end && last_ < frame_.topics.size()) frame_.topics[last_].of = frame_.topics.size();
      last_ = frame_.topics.size();
      frame_.topics.push_back({stem, frame_.values.empty(), limits_ && !is(stem, roles::dimension), Topic::end});
    }
    if (ends_clause(word)) last_ = Topic::end;
    limits_ = false;
  }

  // "since migration 0210", "from Monday": when it changed is no value.
  bool skip_time() {
    constexpr std::size_t most = 4;
    const bool always = !is(low(at_), roles::limit | roles::stop);
    for (std::size_t i = at_ + 1; i <= at_ + most && i < end_; ++i) {
      const std::string word = low(i);
      if (is_day(word) || is(word, roles::over) || (always && !word.empty() && is_digit(word.front()))) {
        at_ = i + 1;
        last_ = Topic::end;
        return true;
      }
      if (!always && !is(word, roles::stop)) return false;
    }
    if (always) at_ = end_;
    return always;
  }

  bool read_value(const std::string& word, Roles role) {
    Value value;
    value.text = word;
    const std::string next = low(at_ + 1);
    if (is_digit(word.front()) && !is_path(word)) {
      const bool behind = last_ < frame_.topics.size() && !is(frame_.topics[last_].word, roles::dimension);
      value = number_of(word, next, ends_clause(raw_[at_]));
      is_name_ = is_name_ || (frame_.values.empty() && behind && value.sort == roles::number && value.unit.empty());
      if (is(next, measures) || is_clock("", "", next)) ++at_;
    } else if (is_path(word)) {
      value.sort = roles::path;
      while (value.text.starts_with("./")) value.text.erase(0, 2);
    } else if ((role & roles::day) != 0 || is_day(word)) {
      value.sort = roles::day;
    } else if ((role & measures) != 0 && at_ > begin_ && word.size() > 1 &&
               is(low(at_ - 1), roles::stop | roles::limit | roles::over | roles::any_verb)) {
      value.sort = role & measures;
    } else if (at_ > begin_ && is_id(raw_[at_]) &&
               (is(low(at_ - 1), roles::limit | roles::over | roles::dimension | roles::any_verb) ||
                has(" is are = ist es est heisst ", low(at_ - 1)))) {
      value.sort = roles::id;
    } else if (at_ > begin_ && is_name_here()) {
      value.sort = roles::name;
    } else if (at_ > begin_ && purpose_of(word) != 0 && (next.empty() || !is_digit(next.front())) &&
               is(low(at_ - 1), roles::any_verb | roles::stop | roles::limit | roles::over)) {
      value.sort = roles::uses;
      value.unit = std::to_string(purpose_of(word));
    } else {
      return false;
    }
    limits_ = false;
    frame_.values.push_back(std::move(value));
    return true;
  }

  // "by Jonas", "is Pilar", "Frau Adler"
  bool is_name_here() const {
    const std::string before = low(at_ - 1);
    const std::size_t first = raw_[at_].find_first_not_of("\"'(`");
    if (is(before, roles::title)) return true;
    if (first == std::string::npos || !is_name(raw_[at_].substr(first))) return false;
    if (is(low(at_), roles::dimension)) return false;
    return is(before, roles::by) || (has(" is are now ", before));
  }

  const Texts& raw_;
  std::size_t at_, begin_, end_, last_ = Topic::end;
  bool limits_ = false, is_name_ = false;  // the first value says which one
  Frame frame_;
};

// "new firewall: ...", "correction: ..."
std::string_view without_preamble(std::string_view said) {
  const std::size_t colon = said.find(": ");
  if (colon == std::string_view::npos) return said;
  const Texts before = split(said.substr(0, colon));
  const std::string first = before.empty() ? std::string() : bare(before[0]);
  const bool opens = is(first, roles::announces | roles::idle) || has(fresh, first);
  return opens && before.size() <= 3 ? said.substr(colon + 2) : said;
}

bool is_dimension(const Topic& topic) { return is(topic.word, roles::dimension); }

bool has_subject(const Frame& frame) {
  return std::any_of(frame.topics.begin(), frame.topics.end(), [](const Topic& t) { return !is_dimension(t); });
}

const Topic* find(const Frame& frame, const std::string& word) {
  for (const Topic& topic : frame.topics)
    if (are_akin(topic.word, word)) return &topic;
  return nullptr;
}

// Each topic of the newer one is one of the older one, or says only what sort of value it is.
bool speaks_of_no_more(const Frame& newer, const Frame& older) {
  const bool begins = std::any_of(newer.topics.begin(), newer.topics.end(),
                                  [](const Topic& t) { return t.before && !is_dimension(t); });
  bool any = false;
  for (const Topic& topic : newer.topics) {
    const Topic* const same = find(older, topic.word);
    any = any || (same != nullptr && (!is_dimension(topic) || (!has_subject(newer) && !has_subject(older))));
    if (same == nullptr && !is_dimension(topic) && (topic.before || topic.limits || !begins)) return false;
    if (same == nullptr && is_dimension(topic) &&
        std::any_of(older.topics.begin(), older.topics.end(),
                    [&](const Topic& other) { return is_dimension(other) && find(newer, other.word) == nullptr; }))
      return false;
  }
  return any;
}

// "the small kiln" is none that "the kiln" speaks of, and what holds for tests says nothing of what holds without them.
bool is_narrower(const Frame& older, const Frame& newer) {
  return std::any_of(older.topics.begin(), older.topics.end(), [&](const Topic& topic) {
    if (find(newer, topic.word) != nullptr || is(topic.word, roles::often)) return false;
    return topic.limits || is(topic.word, roles::environment) ||
           (topic.of < older.topics.size() && topic.before && find(newer, older.topics[topic.of].word) != nullptr);
  });
}

// "takes" is not "starts"; "is" and "moved" are whatever the older one says.
bool says_another_thing(const Frame& older, const Frame& newer) {
  constexpr Roles own =
      roles::owns | roles::reviews | roles::when | roles::keeps | roles::valued | roles::needs | roles::does;
  return std::any_of(newer.verbs.begin(), newer.verbs.end(), [&](const std::string& verb) {
    const Roles kind = roles_of(verb) & own;
    return kind != 0 && std::none_of(older.verbs.begin(), older.verbs.end(), [&](const std::string& other) {
             return (roles_of(other) & (kind == roles::when ? roles::runs : kind & ~(roles::does | roles::when))) !=
                        0 ||
                    stem(other) == stem(verb);
           });
  });
}

bool are_of_one_sort(const Value& a, const Value& b, const Frame& fa, const Frame& fb) {
  const bool numbers = ((a.sort | b.sort) & roles::number) != 0;
  constexpr Roles counted = measures | roles::number | roles::clock;
  if (!numbers) return (a.sort & b.sort) != 0 && a.unit == b.unit;
  if ((a.sort & counted) == 0 || (b.sort & counted) == 0) return false;
  return (a.unit.empty() || a.unit == b.unit || find(fb, a.unit) != nullptr) &&
         (b.unit.empty() || a.unit == b.unit || find(fa, b.unit) != nullptr);
}

}  // namespace

bool are_akin(const std::string& a, const std::string& b) {
  const std::string &small = a.size() < b.size() ? a : b, &large = &small == &a ? b : a;
  return small == large || (small.size() >= 5 && large.size() <= small.size() + 4 && large.starts_with(small));
}

std::vector<Frame> frames_of(std::string_view said) {
  const Texts raw = split(without_preamble(said));
  std::vector<Frame> frames;
  std::vector<Topic> before;
  for (std::size_t begin = 0; begin < raw.size();) {
    std::size_t end = begin;
    while (end < raw.size() && !ends_clause(raw[end])) ++end;
    end = std::min(end + 1, raw.size());
    Frame frame = Reader(raw, begin, end).take();
    begin = end;
    const std::size_t own = frame.topics.size();
    if (!has_subject(frame))
      for (Topic topic : before) {
        if (topic.of != Topic::end) topic.of += own;
        frame.topics.push_back(topic);
      }
    before = frame.topics;
    if (!frame.values.empty()) frames.push_back(std::move(frame));
  }
  return frames;
}

bool gives_another_value(const std::vector<Frame>& older, const std::vector<Frame>& newer) {
  for (const Frame& b : newer)
    for (const Frame& a : older) {
      if (b.adds || a.adds || a.forbids != b.forbids) continue;
      const bool nothing = a.topics.empty() && b.topics.empty();
      if (!nothing && (!speaks_of_no_more(b, a) || is_narrower(a, b) || says_another_thing(a, b))) continue;
      for (const Value& value : b.values)
        for (const Value& before : a.values)
          if ((!nothing || value.sort == roles::uses) && value.text != before.text &&
              are_of_one_sort(before, value, a, b))
            return true;
    }
  return false;
}

bool differ_in_value(const std::vector<Frame>& older, const std::vector<Frame>& newer) {
  if (older.size() != 1 || newer.size() != 1) return false;
  const Frame &a = older.front(), &b = newer.front();
  if (a.values.size() != 1 || b.values.size() != 1 || a.adds || b.adds || a.forbids || b.forbids) return false;
  const Value &before = a.values.front(), &value = b.values.front();
  // Of days, places, people and tools there may be two.
  if ((value.sort & (measures | roles::clock)) == 0 || before.text == value.text) return false;
  const auto is_subject = [](const Topic& topic) { return !is_dimension(topic); };
  const auto all_in = [&](const Frame& some, const Frame& all) {
    return std::ranges::all_of(
        some.topics, [&](const Topic& topic) { return is_dimension(topic) || find(all, topic.word) != nullptr; });
  };
  return std::ranges::count_if(a.topics, is_subject) >= 2 && all_in(a, b) && all_in(b, a) &&
         !says_another_thing(a, b) && are_of_one_sort(before, value, a, b);
}

Compared compare(const std::vector<Frame>& older, const std::vector<Frame>& newer) {
  Compared found;
  for (const Frame& b : newer)
    for (const Frame& a : older) {
      const bool is_of_it = speaks_of_no_more(b, a);
      for (const Value& value : b.values)
        for (const Value& before : a.values) {
          found.same = found.same || value.text == before.text;
          found.another =
              found.another || (is_of_it && value.text != before.text && are_of_one_sort(before, value, a, b));
        }
    }
  return found;
}

}  // namespace cascade::memory
