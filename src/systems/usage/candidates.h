// What is looked for in a conversation: the sections that it was sent. It is known before a log is read, so that of a
// log only what may matter is kept.
#pragma once

#include <cascade/registry.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "usage/deliveries.h"
#include "usage/figures.h"
#include "usage/signs.h"

namespace cascade::usage {

using session::SectionId;

class Library {
 public:
  Library(const Registry& registry, ReadSection read) : registry_(registry), read_(std::move(read)) {}

  const Registry& registry() const noexcept { return registry_; }
  // Null: its text cannot be read.
  const Signs* signs(SectionId id);

 private:
  const Registry& registry_;
  ReadSection read_;
  std::map<std::uint64_t, std::optional<Signs>> signs_;
};

struct Candidate {
  std::optional<SectionId> id;   // nothing: its manifest is gone, or its text has changed since
  const Signs* signs = nullptr;  // null: its text cannot be read
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

// What became of one section that was sent.

// What the sections of a session are judged by.
struct Evidence {
  const Registry& registry;
  const Family& family;
  const Candidates& candidates;
  bool has_log = false;
};

// `gap`: the kind of what keeps it from being known (usage/text.h); empty: it is known, or its session has no log.
Fate fate_of(const Session& session, const Delivery& delivery, const SentSection& section, const Evidence& evidence,
             std::string& gap);

Figures figures_of(const Fate& fate);

}  // namespace cascade::usage
