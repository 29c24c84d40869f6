// A record of an explanation: a file that is reviewed with the change that it explains. The only place that knows the
// format (docs/formats/explanation.md).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::comprehension {

constexpr std::string_view records_folder = ".cascade/explanations/";

bool is_record_path(std::string_view path);
std::string record_path(std::string_view id);

// A hunk that a record explains: its id, and where it was when the record was written. Places move when a branch is
// rebased, and bind nothing; ids do.
struct BoundHunk {
  std::string id, path;
  std::uint32_t new_at = 0, new_lines = 0, old_at = 0, old_lines = 0;
  std::uint32_t line = 0;  // of the record
};

struct Question {
  std::string hunk, risk;  // the hunk's id, and why it was chosen (explain/change.h)
  std::uint32_t line = 0;
};

enum class Part : std::uint8_t { what, fails, why, verified };
constexpr std::size_t part_count = 4;
std::string_view heading_of(Part part) noexcept;  // "What it does"

// What somebody wrote, without quotations and comments.
struct Passage {
  std::string text;
  std::uint32_t line = 0;  // of its heading; 0: there is none
};

struct Answer {
  std::string hunk;  // the id in its heading
  Passage passage;
};

struct Review {
  std::string by, sentence;
  std::uint32_t seconds = 0, line = 0;
};

struct RecordFault {
  std::uint32_t line = 0, column = 0;
  std::string message, help;
};

struct Record {
  std::string path, id, by, assisted, waived;  // `waived`: why nothing is explained; empty: something is
  std::optional<std::uint32_t> seconds;        // that writing took, as its author says
  std::vector<BoundHunk> hunks;
  std::vector<Question> questions;
  std::array<Passage, part_count> parts;
  std::vector<Answer> answers;
  std::vector<Review> reviews;
  std::vector<RecordFault> faults;

  const Passage& part(Part which) const noexcept { return parts[static_cast<std::size_t>(which)]; }
  std::uint32_t words() const;  // that its author wrote
};

// Never fails: what cannot be read is a fault with its place. Linear.
Record parse_record(std::string_view text, std::string path);

std::uint32_t count_words(std::string_view text);

// Whether two texts such as "Ann Example <ann@example.org>", a name or an address alone name one person: the whole
// names are equal regardless of case, or the addresses are.
bool is_same_person(std::string_view a, std::string_view b);

// The first thing that shows that nobody filled the record in: a waiver, a part of fewer than three words, a mark such
// as TODO outside of code. Nothing: there is none. Whether the texts fit a change is judged by check/.
std::optional<RecordFault> gap_in(const Record& record);

// What a new record asks about a hunk.
struct AskedHunk {
  BoundHunk hunk;
  std::string risk, question;
  std::vector<std::string> shown;  // lines of it, as "+text" and "-text"
  std::string answer{};            // what its author has said already
};

struct Skeleton {
  std::string id, by, assisted, waived;
  std::vector<BoundHunk> hunks;
  std::vector<AskedHunk> asked;
  std::array<std::string, part_count> parts;  // what its author has said already
};

// The file with its headings and questions, and of explanations only what its author said.
std::string write_skeleton(const Skeleton& skeleton);

// The lines of the front matter that bind and ask, added to a record that exists, and headings for what is asked anew.
// What it says stays byte for byte. Lines that bind hunks named in `gone` are taken out.
std::string extended(std::string_view text, const Skeleton& more, const std::vector<std::string>& gone);

// The record with the reason why it need not be filled in, in place of how long that took.
std::string with_waiver(std::string_view text, const std::string& reason);

std::string with_review(std::string_view text, const Review& review);  // the record with one more line under "Reviews"

}  // namespace cascade::comprehension
