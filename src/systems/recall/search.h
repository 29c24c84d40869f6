// Finds the turns of past conversations that answer a question.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "cli/console.h"
#include "cli/environment.h"
#include "client/transcript/formats.h"
#include "files/tree.h"
#include "logs/conversation.h"
#include "route/tables.h"

namespace cascade::past {

// The index of past conversations: which words each turn has, as hashes, and where in which log it lies; paths,
// sessions and folders that find a log again; no text. It is made anew from itself: what did not change is taken over,
// what grew is read again, and logs that are gone fall out.

constexpr std::string_view index_name = "past.index", lock_name = "past.lock";

// A log as the disk has it.
struct Log {
  const transcript::Format* format = nullptr;
  transcript::LogFile file;
  std::uint64_t size = 0;
  std::int64_t modified = 0;  // in nanoseconds since 1970
};

struct TextPlace {
  std::uint32_t offset = 0, length = 0;
};

struct LogRecord {
  std::uint64_t size = 0;
  std::int64_t modified = 0;
  TextPlace path, client, session, folder;
  std::uint32_t first_turn = 0, turns = 0;
  std::uint32_t torn = 0, foreign = 0;       // lines that were not understood
  std::uint32_t has_copies = 0, unused = 0;  // 1: some of its turns count in another log
};

struct TurnRecord {
  std::int64_t at = 0;               // milliseconds since 1970; 0: unknown
  std::uint64_t begin = 0, end = 0;  // bytes of the log
  std::uint64_t identity = 0;
  std::uint32_t log = 0, number = 0;
};

struct KeyRecord {
  std::uint32_t key = 0, begin = 0;  // the bytes of its postings end where those of the next key begin
};

// What a term is worth to a turn: in 16ths of a mention in an answer of usual length, 255 at most.
struct Posting {
  std::uint32_t turn = 0;
  std::uint8_t worth = 0;
};

class Index {
 public:
  // not_found: no such file; stale: of another version of cascade; malformed: damaged.
  static Result<Index> open(const std::string& folder);
  static Result<Index> over(std::shared_ptr<const void> owner, std::string_view bytes);

  Span<LogRecord> logs() const noexcept { return logs_; }
  Span<TurnRecord> turns() const noexcept { return turns_; }  // by log
  Span<KeyRecord> keys() const noexcept { return keys_; }     // by key
  std::string_view read(TextPlace place) const noexcept;
  // By turn. A damaged file gives fewer, never one outside `turns()`.
  std::vector<Posting> postings_of(std::uint32_t key) const;
  std::vector<Posting> postings(std::size_t place) const;  // of keys()[place]

 private:
  std::shared_ptr<const void> owner_;
  Span<LogRecord> logs_;
  Span<TurnRecord> turns_;
  Span<KeyRecord> keys_;
  std::string_view postings_, text_;
};

// Is told how many bytes of logs have been read, of how many.
using See = std::function<void(std::size_t done, std::size_t of)>;

// What is left out: a session that was forgotten, a project that keeps its sessions to itself.
using IsKept = std::function<bool(std::string_view session, std::string_view folder)>;

// The bytes of an index over `logs`. Takes over from `old`, which may be null, what has the same size and time. Reads
// every other log once; one that cannot be read counts as gone. Deterministic but for what the disk holds.
std::string make_index(const files::Tree& tree, const route::Tables& tables, const std::vector<Log>& logs,
                       const Index* old, const IsKept& is_kept, const See& see);

// Whether the index holds exactly these logs as they are.
bool is_current(const Index& index, const std::vector<Log>& logs);

struct Question {
  std::string words{};
  std::string folder{};               // only of conversations that worked there or below; empty: everywhere
  std::string file{};                 // only turns that touched it: a name, or the last names of its path; empty: any
  std::string client{};               // empty: any
  std::string but{};                  // a session that is left out: the one that asks
  std::int64_t since = 0, until = 0;  // milliseconds since 1970; 0: no bound
  std::size_t most = 5;
};

// How far a passage can be trusted to be what was asked for.
enum class Certainty : std::uint8_t { certain, likely, possible };

struct Passage {
  std::uint32_t turn = 0;   // of Index::turns()
  std::uint32_t score = 0;  // comparable within one answer
  std::uint32_t share = 0;  // per mille of the question's information that the turn has
  Certainty certainty = Certainty::possible;
};

// Best first. O(postings of the question's terms + turns).
std::vector<Passage> search(const Index& index, const route::Tables& tables, const Question& question);
// Whether the words hold any that a search could look for.
bool says_anything(const route::Tables& tables, const std::string& words);
// The last turn of each of the latest conversations that the question's bounds leave, whatever its words.
std::vector<Passage> latest(const Index& index, const Question& question);

// A turn of a past conversation read again from its log, for showing.

// What is shown of a turn. No text holds a secret that the one table of secrets knows.
struct Told {
  std::uint32_t turn = 0;  // of Index::turns()
  std::string client, session, folder, log;
  std::uint32_t number = 0;
  std::int64_t at = 0;
  std::string request, said, outcome;
  std::vector<std::string> files, commands;
  std::string opening;  // the conversation's first request; empty: this is it
  std::string resume;   // the client's command line that goes on with the conversation
};

// not_found: the log is gone. stale: it was written anew, and the turn lies elsewhere in it.
Result<Told> read_turn(const Index& index, std::uint32_t turn);

}  // namespace cascade::past

// Which logs of conversations there are, and which of them may be searched.

namespace cascade::past {

// The logs of conversations of all clients, by path; those of subagents are left out, since the conversation holds what
// came of them. `folder_of` tells where a format's logs are; empty: nowhere.
std::vector<Log> find_logs(const files::Tree& tree,
                           const std::function<std::string(const transcript::Format&)>& folder_of);

// The sessions that `recall forget` dropped: a file with one id a line. A file that cannot be read holds none.
std::set<std::string> forgotten_sessions(const files::Tree& tree, const std::string& path);

// Whether the nearest cascade.yaml at or above the folder says `past: off`, or cannot be understood.
bool keeps_to_itself(const files::Tree& tree, std::string_view folder);

// Keeps what is neither forgotten nor of a project whose cascade.yaml says `past: off`. The nearest such file at or
// above the folder decides, and each folder is looked at once.
IsKept keep_all_but(const files::Tree& tree, std::set<std::string> forgotten);

}  // namespace cascade::past

// The index of past conversations: where it lies, and how it is made anew.

namespace cascade::cli {

// Where `recall forget` writes the sessions that stay out.
std::string forgotten_path(const Environment& environment);

// The index, renewed first if a log came, grew or went, or `always`: sessions may be forgotten since. Writes it next to
// the ledgers. Errors: not_found (no folder for state), unwritable.
Result<past::Index> renewed_past(const Environment& environment, const route::Tables& tables, const past::See& see,
                                 bool always = false);

}  // namespace cascade::cli
