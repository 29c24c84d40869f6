// What is looked for in a conversation: the sections that it was sent, those that chance kept out of it, and the
// placebos of both. It is known before a log is read, so that of a log only what may matter is kept.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "usage/library.h"
#include "usage/phrases.h"

namespace cascade::usage {

constexpr std::uint64_t placebos_of_each = 3;

struct Candidate {
  std::optional<SectionId> id;         // nothing: its manifest is gone, or its text has changed since
  const Signs* signs = nullptr;        // null: its text cannot be read
  std::vector<const Signs*> placebos;  // sections of equal length that were not sent in that session
};

class Candidates {
 public:
  explicit Candidates(Library& library) : library_(library) {}

  // Adds those of the deliveries that were sent at a time from `since` to `until`.
  void add(const Session& session, std::int64_t since, std::int64_t until);
  // REQUIRES: a section of a delivery that was added.
  const Candidate& of(const SentSection& section) const { return found_.at(&section); }
  // All phrases and identifiers that any of them has.
  PhraseSet phrases() const;

 private:
  Library& library_;
  std::map<const SentSection*, Candidate> found_;
};

}  // namespace cascade::usage
