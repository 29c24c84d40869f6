#include "usage/candidates.h"

#include <algorithm>
#include <set>
#include <string>

#include "hash/content_hash.h"

namespace cascade::usage {
namespace {

// What a session was sent, or would have been, at any time; both sorted.
struct EverSent {
  std::vector<ManifestId> manifests;
  std::vector<std::uint64_t> hashes;

  void add(const SentSection& section, const Library& library) {
    hashes.push_back(section.content_hash);
    if (const auto id = library.find(section)) manifests.push_back(id->manifest);
  }
};

EverSent sent_in(const Session& session, const Library& library) {
  EverSent sent;
  for (const Delivery& delivery : session.deliveries) {
    for (const SentSection& section : delivery.sections) sent.add(section, library);
    for (const SentSection& section : delivery.withheld) sent.add(section, library);
  }
  std::sort(sent.manifests.begin(), sent.manifests.end());
  std::sort(sent.hashes.begin(), sent.hashes.end());
  return sent;
}

}  // namespace

void Candidates::add(const Session& session, std::int64_t since, std::int64_t until) {
  const EverSent sent = sent_in(session, library_);
  for (const Delivery& delivery : session.deliveries) {
    if (delivery.at < since || delivery.at > until) continue;
    std::size_t i = 0;
    for (const auto* list : {&delivery.sections, &delivery.withheld})
      for (const SentSection& section : *list) {
        Candidate& one = found_[&section];
        one.id = library_.find(section);
        if (one.id) one.signs = library_.signs(*one.id);
        const std::string place = session.id + " " + std::to_string(delivery.sequence) + " " + std::to_string(i++);
        for (std::uint64_t k = 0; one.signs != nullptr && k < placebos_of_each; ++k) {
          const std::uint64_t seed = hash::hash64(place + " " + std::to_string(k));
          const auto other = library_.placebo(section.tokens, seed, sent.manifests, sent.hashes);
          const Signs* const signs = other ? library_.signs(*other) : nullptr;
          if (signs != nullptr) one.placebos.push_back(signs);
        }
      }
  }
}

PhraseSet Candidates::phrases() const {
  std::set<const Signs*> all;
  for (const auto& [section, one] : found_) {
    if (one.signs != nullptr) all.insert(one.signs);
    all.insert(one.placebos.begin(), one.placebos.end());
  }
  std::vector<std::uint64_t> hashes;
  for (const Signs* signs : all) add_wanted(*signs, hashes);
  return PhraseSet(std::move(hashes));
}

}  // namespace cascade::usage
