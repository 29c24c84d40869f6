// The index of past conversations: which words each turn has, as hashes, and where in which log it lies; paths,
// sessions and folders that find a log again; no text. It is made anew from itself: what did not change is taken over,
// what grew is read again, and logs that are gone fall out.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "client/transcript/formats.h"
#include "files/tree.h"
#include "route/tables.h"

namespace cascade::past {

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

}  // namespace cascade::past
