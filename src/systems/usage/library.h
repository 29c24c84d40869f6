// The sections of a library, as those that are compared with what happened: what each would show, and which of equal
// length were not sent.
#pragma once

#include <cascade/registry.h>

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "usage/deliveries.h"
#include "usage/signs.h"

namespace cascade::usage {

struct SectionId {
  ManifestId manifest{};
  std::uint32_t section = 0;  // the record, which may be a shorter form
};

class Library {
 public:
  Library(const Registry& registry, ReadSection read);

  const Registry& registry() const noexcept { return registry_; }
  // The section that was sent; nothing: its manifest is gone, or its text has changed since.
  std::optional<SectionId> find(const SentSection& sent) const;
  // Null: its text cannot be read.
  const Signs* signs(SectionId id);

  // A section of about as many tokens, of a manifest that is not in `sent` (sorted), without an equal text in `hashes`
  // (sorted). The same `seed` chooses the same one. Nothing: there is none.
  std::optional<SectionId> placebo(std::uint64_t tokens, std::uint64_t seed, const std::vector<ManifestId>& sent,
                                   const std::vector<std::uint64_t>& hashes) const;

 private:
  struct Candidate {
    std::uint64_t tokens = 0, hash = 0;
    SectionId id;
  };
  const Registry& registry_;
  ReadSection read_;
  std::vector<Candidate> by_length_;
  std::map<std::uint64_t, std::optional<Signs>> signs_;
};

}  // namespace cascade::usage
