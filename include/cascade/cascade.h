/* Cascade for C and whatever can call C: requests and answers are JSON text, so that they can grow while the functions
 * stay. docs/embedding.md lists the keys of each request; an answer is the document that the program prints for
 * --format json (docs/formats/).
 *
 *   cascade_workspace* workspace = NULL;
 *   char* answer = NULL;
 *   cascade_code code = cascade_open("{\"roots\": [\"library\"]}", &workspace, &answer);
 *   if (code == CASCADE_OK) {
 *     cascade_free(answer);
 *     code = cascade_bundle(workspace, "{\"items\": [\"review\"], \"budget\": 4000}", &answer);
 *   }
 *   puts(answer);            // a document for CASCADE_OK and CASCADE_NO, else the message
 *   cascade_free(answer);
 *   cascade_close(workspace);
 *
 * Text is UTF-8, ended by a NUL byte. No exception leaves a function; a null pointer or ill-formed text is an error,
 * never a crash. Nothing is printed, the environment is not read, and no file is written unless a cache is asked for.
 *
 * Ownership: what `answer` points at afterwards is the caller's, to be given to cascade_free. Every call sets it: to
 * null when there is nothing to say. Arguments are only read while the call runs.
 *
 * Threads: all functions may be called from several threads at once. Calls on one workspace wait for each other;
 * cascade_close must be the last one. */
#ifndef CASCADE_CASCADE_H
#define CASCADE_CASCADE_H

#include <cascade/export.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What a call came to. From CASCADE_NOT_FOUND on it could not be done, and `answer` is a message: what and where, on
 * further lines perhaps what to do. Callers branch on the code, never on the message. */
typedef enum cascade_code {
  CASCADE_OK = 0,          /* done */
  CASCADE_NO = 1,          /* done, and the answer is no: silence, it does not fit, there are findings */
  CASCADE_NOT_FOUND = 2,   /* a folder, file or item that does not exist */
  CASCADE_UNREADABLE = 3,  /* it exists and cannot be read */
  CASCADE_UNWRITABLE = 4,  /* it cannot be written */
  CASCADE_MALFORMED = 5,   /* the request is not a JSON object, or a file is not what its format says */
  CASCADE_STALE = 6,       /* a file keeps changing while it is read */
  CASCADE_UNSUPPORTED = 7, /* this build or system cannot do it */
  CASCADE_MISUSE = 8,      /* a null pointer, an unknown key, a value that cannot be one, an ambiguous item */
  CASCADE_FAULT = 9        /* no memory, or a fault of Cascade */
} cascade_code;

/* Manifests as they were found when it was opened, or refreshed last. */
typedef struct cascade_workspace cascade_workspace;

/* The version of the library, "0.2.0"; never freed. */
CASCADE_EXPORT const char* cascade_version(void);

/* The code in a word, "not_found"; never freed, never null. */
CASCADE_EXPORT const char* cascade_code_name(int code);

/* Reads the manifests below the roots that `options` name (null: no options). On success *workspace is the caller's,
 * to be given to cascade_close, and the answer cascade.index/1: what there is; otherwise *workspace is null. */
CASCADE_EXPORT cascade_code cascade_open(const char* options, cascade_workspace** workspace, char** answer);

/* Looks what has changed on disk since, and reads that anew; cascade.index/1. */
CASCADE_EXPORT cascade_code cascade_refresh(cascade_workspace* workspace, char** answer);

/* Which manifests a prompt asks for; cascade.route/1. CASCADE_NO: none is sure enough to speak up. */
CASCADE_EXPORT cascade_code cascade_route(cascade_workspace* workspace, const char* request, char** answer);

/* What manifests bring with them; cascade.resolve/1. */
CASCADE_EXPORT cascade_code cascade_resolve(cascade_workspace* workspace, const char* request, char** answer);

/* The context for items or for a prompt under a budget; cascade.bundle/1, or the context itself with
 * "format": "text". CASCADE_NO: it does not fit, or what is wanted excludes each other. CASCADE_NOT_FOUND: nothing
 * matches the prompt, too. */
CASCADE_EXPORT cascade_code cascade_bundle(cascade_workspace* workspace, const char* request, char** answer);

/* The faults in the files below the roots, read anew; cascade.validate/1. CASCADE_NO: some are as severe as the
 * configuration's fail_on. */
CASCADE_EXPORT cascade_code cascade_validate(cascade_workspace* workspace, const char* request, char** answer);

/* Frees an answer. Null is allowed. */
CASCADE_EXPORT void cascade_free(char* answer);

/* Closes a workspace; answers taken from it stay. Null is allowed. */
CASCADE_EXPORT void cascade_close(cascade_workspace* workspace);

#ifdef __cplusplus
}
#endif

#endif /* CASCADE_CASCADE_H */
