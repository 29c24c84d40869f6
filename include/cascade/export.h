/* What the shared library exports: all that stands in a public header's namespace, and nothing else (everything is
 * compiled with hidden visibility). src/exports.map lists the symbols. C and C++. */
#ifndef CASCADE_EXPORT_H
#define CASCADE_EXPORT_H

#if defined(__GNUC__)
#define CASCADE_EXPORT __attribute__((visibility("default")))
#else
#define CASCADE_EXPORT
#endif

#endif /* CASCADE_EXPORT_H */
