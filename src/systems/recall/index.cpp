// Reads the index in place. Sizes are checked when it is opened, postings when they are read, so opening costs nothing.
#include "recall/search.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <memory>
#include <set>
#include <unordered_set>

#include "facts/terms.h"
#include "files/atomic_write.h"
#include "files/mapped_file.h"
#include "files/paths.h"
#include "logs/conversation.h"
#include "route/answer/prompt.h"
#include "route/records.h"
#include "syntax/yaml.h"
#include "tables/block.h"
#include "text/ascii.h"
#include "text/lines.h"

namespace cascade::past {

constexpr std::uint64_t index_version = 1;
constexpr std::size_t index_regions = 6;

struct IndexHeader {
  std::uint64_t version = 0;
};

// Numbers of seven bits a byte, the lowest first; the upper bit says that more follow.
inline void put_number(std::string& out, std::uint32_t number) {
  for (; number >= 0x80; number >>= 7) out += static_cast<char>(number | 0x80);
  out += static_cast<char>(number);
}

// Takes a number off the front. False: the bytes end within it, or it has more than 32 bits.
inline bool take_number(std::string_view& bytes, std::uint32_t& number) noexcept {
  std::uint64_t value = 0;
  for (unsigned shift = 0; shift < 35 && !bytes.empty(); shift += 7) {
    const auto byte = static_cast<unsigned char>(bytes.front());
    bytes.remove_prefix(1);
    value |= std::uint64_t{byte & 0x7FU} << shift;
    if (byte < 0x80) {
      number = static_cast<std::uint32_t>(value);
      return value <= ~std::uint32_t{0};
    }
  }
  return false;
}

Result<Index> Index::over(std::shared_ptr<const void> owner, std::string_view bytes) {
  Index index;
  index.owner_ = std::move(owner);
  tables::BlockReader block;
  Span<IndexHeader> header;
  const bool fits = block.open(bytes, index_regions) && block.table(0, header) && header.size == 1 &&
                    block.table(1, index.logs_) && block.table(2, index.turns_) && block.table(3, index.keys_) &&
                    block.bytes(4, index.postings_) && block.bytes(5, index.text_);
  if (!fits) return Error{ErrorCode::malformed, "the index of past conversations is damaged", {}, {}};
  if (header[0].version != index_version)
    return Error{ErrorCode::stale, "another version of cascade made the index of past conversations", {}, {}};
  return index;
}

Result<Index> Index::open(const std::string& folder) {
  auto mapped = files::MappedFile::open(files::join(folder, index_name));
  if (!mapped) return mapped.error();
  auto owner = std::make_shared<files::MappedFile>(*std::move(mapped));
  const std::string_view bytes = owner->bytes();
  return over(std::move(owner), bytes);
}

std::string_view Index::read(TextPlace place) const noexcept {
  if (place.offset > text_.size() || place.length > text_.size() - place.offset) return {};
  return text_.substr(place.offset, place.length);
}

std::vector<Posting> Index::postings(std::size_t place) const {
  std::vector<Posting> found;
  if (place >= keys_.size) return found;
  const std::size_t begin = keys_[place].begin;
  const std::size_t end = place + 1 < keys_.size ? keys_[place + 1].begin : postings_.size();
  if (begin > end || end > postings_.size()) return found;
  std::uint64_t turn = 0;
  for (std::string_view bytes = postings_.substr(begin, end - begin); !bytes.empty();) {
    std::uint32_t step = 0;
    if (!take_number(bytes, step) || bytes.empty()) break;
    turn += step;
    if (turn >= turns_.size) break;
    found.push_back({static_cast<std::uint32_t>(turn), static_cast<std::uint8_t>(bytes.front())});
    bytes.remove_prefix(1);
  }
  return found;
}

std::vector<Posting> Index::postings_of(std::uint32_t key) const {
  const auto at = std::lower_bound(keys_.begin(), keys_.end(), key,
                                   [](const KeyRecord& one, std::uint32_t wanted) { return one.key < wanted; });
  if (at == keys_.end() || at->key != key) return {};
  return postings(static_cast<std::size_t>(at - keys_.begin()));
}

bool is_current(const Index& index, const std::vector<Log>& logs) {
  if (index.logs().size != logs.size()) return false;
  for (std::size_t i = 0; i < logs.size(); ++i) {
    const LogRecord& record = index.logs()[i];
    if (record.size != logs[i].size || record.modified != logs[i].modified ||
        index.read(record.path) != logs[i].file.path)
      return false;
  }
  return true;
}

namespace {

// The weights of BM25's fields, applied when the index is built: a field's count is divided by how long the field is
// against a usual one, and fields are added before anything saturates, so a term has one number a turn. Usual lengths
// are constants and no averages of this person's logs: a turn's numbers must not depend on other turns, or every new
// log would change the whole index.

// What a mention is worth in 16ths, and how many words such a part usually has.
struct Field {
  std::uint32_t worth, usual_words;
};
constexpr Field request{48, 20}, outcome{40, 60}, said{24, 80}, done{16, 120}, output{1, 250}, opening_words{14, 20};
// What a word is in English, or a concept, is worth in 16ths: as one mention beside others.
constexpr std::uint8_t meaning = 24;
constexpr std::size_t most_meant = 1'000, most_written = 4'000, most_output = 3'000, most_opening = 400;  // bytes read

using TurnTerms = std::map<std::uint32_t, std::uint8_t>;  // by key: what the term is worth to the turn

// The keys of a file that was touched: of its name, and of its path's last two, three ... names.
template <typename Take>
void each_file_key(std::string_view path, const Take& take) {
  constexpr int most_names = 4;
  std::size_t begin = path.size();
  for (int names = 0; names < most_names && begin > 0; ++names) {
    const std::size_t slash = path.rfind('/', begin - 1);
    const std::size_t name = slash == std::string_view::npos ? 0 : slash + 1;
    if (name < begin) take(route::hash_of("file " + std::string(path.substr(name))));
    if (slash == std::string_view::npos) return;
    begin = slash;
  }
}

// Reads turns with the words of one set of router's tables, whose keys are the same for every set.
class TermReader {
 public:
  explicit TermReader(const route::Tables& tables) : tables_(tables), words_(tables) {}

  // `opening`: what the conversation's first request was; its words stand for short ones such as "do it".
  TurnTerms read(const Turn& turn, std::string_view opening) {
    TurnTerms terms;
    sums_.clear();
    const auto add_text = [&](std::string_view text, const Field& field) {
      Counts counts;
      count(text, counts);
      add(counts, field, terms);
    };
    add_text(turn.request, request);
    add_text(turn.outcome, outcome);
    add_text(turn.said, said);
    Counts of_done;
    for (const std::string& path : turn.paths) count(path, of_done);
    for (const std::string& line : turn.commands) count(line, of_done);
    for (const std::string& text : turn.written) count(std::string_view(text).substr(0, most_written), of_done);
    add(of_done, done, terms);
    Counts of_output;
    std::size_t left = most_output;
    for (const std::string_view text : turn.outputs) {
      count(text.substr(0, left), of_output);
      left -= std::min(left, text.size());
    }
    add(of_output, output, terms);
    if (turn.number > 0) add_text(opening.substr(0, most_opening), opening_words);
    add_meanings(turn.request, terms);
    add_meanings(turn.outcome, terms);
    for (const std::string& path : turn.paths) each_file_key(path, [&](std::uint32_t key) { terms[key] = 1; });
    return terms;
  }

 private:
  struct Counts {
    std::map<std::uint32_t, std::uint32_t> by_key;
    std::uint32_t words = 0;
  };

  void count(std::string_view text, Counts& counts) {
    route::WordReader reader(text);
    for (route::Word word; reader.next(word);) {
      const bool is_number = letters::is_digit(word.text.front());
      if (word.text.size() < 2 && !is_number) continue;
      const route::WordTerms::Known known = words_.read(word.text);
      if (known.term != route::none && tables_.class_of(known.term) == route::WordClass::function) continue;
      if (!word.inside && !word.pair) ++counts.words;
      const std::uint32_t key = is_number ? route::hash_of("#" + std::string(word.text))
                                : known.term == route::none
                                    ? known.stem
                                    : route::hash_of(tables_.read(tables_.terms[known.term].text));
      ++counts.by_key[key];
    }
  }

  void add(const Counts& counts, const Field& field, TurnTerms& terms) {
    // A fifth of a field's worth is the same at any length, the rest falls with it.
    const std::uint32_t length = field.usual_words + 4 * counts.words;
    for (const auto& [key, count] : counts.by_key) {
      std::uint32_t& sum = sums_[key];
      sum += count * field.worth * 16 * 5 * field.usual_words / length;
      terms[key] = static_cast<std::uint8_t>(std::clamp<std::uint32_t>(sum / 16, 1, 255));
    }
  }

  // Adds what the text's words are in English, and the concepts that it names.
  void add_meanings(std::string_view text, TurnTerms& terms) {
    const recall::Reading reading = recall::read_terms(tables_, text.substr(0, most_meant));
    for (const recall::Term& term : reading.terms)
      if (term.kind == recall::TermKind::lexicon || term.kind == recall::TermKind::word)
        terms.try_emplace(term.key, meaning);
  }

  const route::Tables& tables_;
  route::WordTerms words_;
  std::map<std::uint32_t, std::uint32_t> sums_;  // in 256ths
};

// Turns of logs that did not change are taken over with their postings, and get new numbers in the order of the logs;
// the other logs are read. A turn that two logs hold, as a fork does, counts in the one that is read first. Where a log
// is gone or was written anew, those that held copies of turns are read again: the copies may count now.

constexpr std::uint32_t dropped = ~std::uint32_t{0};
constexpr std::uint64_t most_of_log = std::uint64_t{1} << 30;  // bytes

class Writer {
 public:
  Writer(const files::Tree& tree, const route::Tables& tables, const Index* old, const IsKept& is_kept)
      : tree_(tree),
        terms_(tables),
        old_(old),
        is_kept_(is_kept),
        moved_(old == nullptr ? 0 : old->turns().size, dropped) {}

  // Takes a log over from the old index; of one that is not kept no turns.
  void keep(std::uint32_t old_log) {
    const LogRecord& from = old_->logs()[old_log];
    LogRecord record = from;
    record.path = text(old_->read(from.path));
    record.client = text(old_->read(from.client));
    record.session = text(old_->read(from.session));
    record.folder = text(old_->read(from.folder));
    record.first_turn = static_cast<std::uint32_t>(turns_.size());
    if (!is_kept_(old_->read(from.session), old_->read(from.folder)))
      record.turns = record.torn = record.foreign = record.has_copies = 0;
    for (std::uint32_t i = 0; i < record.turns; ++i) {
      TurnRecord turn = old_->turns()[from.first_turn + i];
      turn.log = static_cast<std::uint32_t>(logs_.size());
      moved_[from.first_turn + i] = static_cast<std::uint32_t>(turns_.size());
      seen_.insert(turn.identity);
      turns_.push_back(turn);
    }
    logs_.push_back(record);
  }

  void read(const Log& log) {
    const auto bytes = tree_.read(log.file.path, most_of_log);
    LogRecord record;
    record.size = log.size;
    record.modified = log.modified;
    record.path = text(log.file.path);
    record.client = text(log.format->client);
    record.session = text(log.file.session);
    record.first_turn = static_cast<std::uint32_t>(turns_.size());
    const std::string folder = bytes ? transcript::folder_of(tree_, *log.format, log.file, *bytes) : std::string();
    record.folder = text(folder);
    if (bytes && is_kept_(log.file.session, folder)) add_turns(read_conversation(*log.format, *bytes), record);
    logs_.push_back(record);
  }

  std::string take() {
    std::vector<KeyRecord> keys;
    std::string postings;
    each_key([&](std::uint32_t key, const std::vector<Posting>& kept, const std::vector<Posting>& added) {
      keys.push_back({key, static_cast<std::uint32_t>(postings.size())});
      std::uint32_t last = 0;
      std::vector<Posting> all;
      std::ranges::merge(kept, added, std::back_inserter(all), {}, &Posting::turn, &Posting::turn);
      for (const Posting& one : all) {
        put_number(postings, one.turn - last);
        postings += static_cast<char>(one.worth);
        last = one.turn;
      }
    });
    tables::BlockWriter block(index_regions);
    block.add(std::vector<IndexHeader>{{index_version}});
    block.add(logs_);
    block.add(turns_);
    block.add(keys);
    block.add_bytes(postings);
    block.add_bytes(text_);
    return block.take();
  }

 private:
  TextPlace text(std::string_view words) {
    const auto [at, is_new] = places_.try_emplace(std::string(words));
    if (is_new) {
      at->second = {static_cast<std::uint32_t>(text_.size()), static_cast<std::uint32_t>(words.size())};
      text_ += words;
    }
    return at->second;
  }

  void add_turns(const Conversation& conversation, LogRecord& record) {
    record.torn = static_cast<std::uint32_t>(conversation.lines.torn);
    record.foreign = static_cast<std::uint32_t>(conversation.lines.foreign);
    for (const Turn& turn : conversation.turns) {
      const std::uint64_t identity = turn.identity();
      if (identity != 0 && !seen_.insert(identity).second) {
        record.has_copies = 1;
        continue;
      }
      const auto number = static_cast<std::uint32_t>(turns_.size());
      for (const auto& [key, worth] : terms_.read(turn, conversation.turns.front().request))
        added_[key].push_back({number, worth});
      turns_.push_back(
          {turn.at, turn.begin, turn.end, identity, static_cast<std::uint32_t>(logs_.size()), turn.number});
      ++record.turns;
    }
  }

  // Calls see(key, postings taken over, postings of logs that were read) by key.
  template <typename See>
  void each_key(const See& see) {
    const std::size_t old_keys = old_ == nullptr ? 0 : old_->keys().size;
    auto next = added_.begin();
    const std::vector<Posting> none;
    for (std::size_t i = 0; i < old_keys; ++i) {
      const std::uint32_t key = old_->keys()[i].key;
      for (; next != added_.end() && next->first < key; ++next) see(next->first, none, next->second);
      std::vector<Posting> kept = moved(old_->postings(i));
      const bool is_added = next != added_.end() && next->first == key;
      if (!kept.empty() || is_added) see(key, kept, is_added ? next->second : none);
      if (is_added) ++next;
    }
    for (; next != added_.end(); ++next) see(next->first, none, next->second);
  }

  std::vector<Posting> moved(const std::vector<Posting>& old) const {
    std::vector<Posting> kept;
    for (const Posting& one : old)
      if (moved_[one.turn] != dropped) kept.push_back({moved_[one.turn], one.worth});
    std::ranges::sort(kept, {}, &Posting::turn);
    return kept;
  }

  const files::Tree& tree_;
  TermReader terms_;
  const Index* old_;
  const IsKept& is_kept_;
  std::vector<std::uint32_t> moved_;  // by old turn: its new number
  std::vector<LogRecord> logs_;
  std::vector<TurnRecord> turns_;
  std::map<std::uint32_t, std::vector<Posting>> added_;
  std::unordered_set<std::uint64_t> seen_;
  std::map<std::string, TextPlace> places_;
  std::string text_;
};

// By log: its place in the old index; `dropped`: it has to be read.
std::vector<std::uint32_t> places_in(const Index* old, const std::vector<Log>& logs) {
  std::map<std::string_view, std::uint32_t> known;
  std::set<std::string_view> gone;
  const std::size_t count = old == nullptr ? 0 : old->logs().size;
  for (std::uint32_t i = 0; i < count; ++i) {
    known[old->read(old->logs()[i].path)] = i;
    gone.insert(old->read(old->logs()[i].path));
  }
  std::vector<std::uint32_t> places;
  for (const Log& log : logs) {
    const auto at = known.find(log.file.path);
    const bool is_same = at != known.end() && old->logs()[at->second].size == log.size &&
                         old->logs()[at->second].modified == log.modified;
    places.push_back(is_same ? at->second : dropped);
    gone.erase(log.file.path);
  }
  if (!gone.empty())
    for (std::uint32_t& place : places)
      if (place != dropped && old->logs()[place].has_copies != 0) place = dropped;
  return places;
}

}  // namespace

std::string make_index(const files::Tree& tree, const route::Tables& tables, const std::vector<Log>& logs,
                       const Index* old, const IsKept& is_kept, const See& see) {
  const std::vector<std::uint32_t> places = places_in(old, logs);
  std::size_t taken = 0, all = 0;
  for (std::size_t i = 0; i < logs.size(); ++i) all += places[i] == dropped ? logs[i].size : 0;
  Writer writer(tree, tables, old, is_kept);
  for (std::size_t i = 0; i < logs.size(); ++i) {
    if (places[i] != dropped) {
      writer.keep(places[i]);
      continue;
    }
    writer.read(logs[i]);
    taken += logs[i].size;
    if (see) see(taken, all);
  }
  return writer.take();
}

namespace {

constexpr std::uint64_t most_bytes = 1 << 20;

// A file with a fault says nothing: the project did not say that its sessions may be read, so they are kept out.
bool says_off(const std::string& text) {
  const auto parsed = syntax::parse_yaml(text);
  if (parsed.root.kind != syntax::NodeKind::map) return !letters::trim(text).empty();
  const syntax::Node* const key = parsed.root.find("past");
  return key != nullptr && key->text == "off";
}

}  // namespace

bool keeps_to_itself(const files::Tree& tree, std::string_view folder) {
  for (; !folder.empty(); folder = files::parent(folder)) {
    if (const auto text = tree.read(files::join(std::string(folder), "cascade.yaml"), most_bytes))
      return says_off(*text);
    if (folder == files::parent(folder)) break;
  }
  return false;
}

std::vector<Log> find_logs(const files::Tree& tree,
                           const std::function<std::string(const transcript::Format&)>& folder_of) {
  std::vector<Log> logs;
  for (const transcript::Format* format : transcript::formats()) {
    const std::string folder = folder_of(*format);
    if (folder.empty()) continue;
    for (transcript::LogFile& file : format->list(tree, folder)) {
      const auto stamp = tree.stat(file.path);
      if (!file.agent.empty() || !stamp) continue;
      logs.push_back({format, std::move(file), stamp->size, stamp->modified_ns});
    }
  }
  std::ranges::sort(logs, [](const Log& a, const Log& b) { return a.file.path < b.file.path; });
  return logs;
}

std::set<std::string> forgotten_sessions(const files::Tree& tree, const std::string& path) {
  std::set<std::string> sessions;
  const auto text = tree.read(path, most_bytes);
  for (const std::string_view line : letters::lines(text ? std::string_view(*text) : std::string_view()))
    if (!line.empty()) sessions.emplace(line);
  return sessions;
}

IsKept keep_all_but(const files::Tree& tree, std::set<std::string> forgotten) {
  auto known = std::make_shared<std::map<std::string, bool>>();
  return [&tree, forgotten = std::move(forgotten), known](std::string_view session, std::string_view folder) {
    if (forgotten.count(std::string(session)) != 0) return false;
    const auto [at, is_new] = known->try_emplace(std::string(folder));
    if (is_new) at->second = !keeps_to_itself(tree, folder);
    return at->second;
  };
}

}  // namespace cascade::past

namespace cascade::cli {

std::string forgotten_path(const Environment& environment) { return files::join(environment.state, "past.forgotten"); }

Result<past::Index> renewed_past(const Environment& environment, const route::Tables& tables, const past::See& see,
                                 bool always) {
  if (environment.state.empty())
    return Error{ErrorCode::not_found, "there is no folder for state", {}, "set HOME or XDG_STATE_HOME"};
  const files::DiskTree tree;
  const std::vector<past::Log> logs =
      past::find_logs(tree, [&](const transcript::Format& format) { return log_folder(environment, format); });
  auto old = past::Index::open(environment.state);
  if (old && !always && past::is_current(*old, logs)) return old;
  const past::IsKept is_kept = past::keep_all_but(tree, past::forgotten_sessions(tree, forgotten_path(environment)));
  const std::string bytes = past::make_index(tree, tables, logs, old ? &*old : nullptr, is_kept, see);
  if (auto made = files::make_directories(environment.state); !made) return made.error();
  if (auto done = files::write_atomically(files::join(environment.state, past::index_name), bytes, 0600); !done)
    return done.error();
  return past::Index::open(environment.state);
}

}  // namespace cascade::cli
