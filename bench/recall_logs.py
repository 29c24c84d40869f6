#!/usr/bin/env python3
"""recall_logs.py HOME [SESSIONS] [MEGABYTES]: made logs of conversations below HOME, as a client keeps them, to measure
`cascade recall` on. Words are drawn from a vocabulary as steep as that of people; most bytes are the output of tools, as in
real logs. The same arguments make the same logs. Nothing of it is committed: delete HOME afterwards."""
import json, os, random, sys

home, sessions, megabytes = sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 1000, int(sys.argv[3]) if len(sys.argv) > 3 else 2000
random.seed(75)
parts = ['re', 'con', 'ta', 'mi', 'lo', 'ver', 'sta', 'port', 'nal', 'ker', 'di', 'sep', 'um', 'tri', 'gra', 'fen', 'bo', 'lix', 'qua', 'zon']
names = [''.join(random.choice(parts) for _ in range(random.randint(2, 4))) for _ in range(20000)]
weights = [1 / (i + 3) for i in range(len(names))]
pool = random.choices(names, weights, k=400000)


def words(count):
    at = random.randrange(len(pool) - count)
    return ' '.join(pool[at:at + count])


def stamp(session, line):
    return '2026-%02d-%02dT%02d:%02d:%02d.000Z' % (1 + session % 10, 1 + session // 10 % 28, line // 3600 % 24, line // 60 % 60, line % 60)


def claude(session, budget, put):
    at, line, folder = 0, 0, '/home/dev/p%d' % (session % 25)
    while at < budget:
        line += 40
        turn = [{'type': 'user', 'cwd': folder, 'sessionId': 's%d' % session, 'timestamp': stamp(session, line), 'message': {'role': 'user', 'content': words(random.choice([2, 3, 12, 25, 60]))}}]
        for step in range(random.randint(1, 5)):
            call = 't%d-%d-%d' % (session, line, step)
            path = '%s/src/%s.ts' % (folder, random.choice(names[:3000]))
            turn.append({'type': 'assistant', 'timestamp': stamp(session, line + step), 'message': {'id': 'm' + call, 'content': [
                {'type': 'tool_use', 'id': call, 'name': 'Edit', 'input': {'file_path': path, 'old_string': words(8), 'new_string': words(20)}}]}})
            turn.append({'type': 'user', 'timestamp': stamp(session, line + step), 'message': {'role': 'user', 'content': [
                {'type': 'tool_result', 'tool_use_id': call, 'content': words(random.choice([30, 300, 2000, 6000]))}]}})
        turn.append({'type': 'assistant', 'timestamp': stamp(session, line + 9), 'message': {'id': 'e%d-%d' % (session, line), 'content': [{'type': 'text', 'text': words(random.randint(10, 120))}]}})
        for one in turn:
            at += put(json.dumps(one) + '\n')


for session in range(sessions):
    folder = os.path.join(home, '.claude/projects/-home-dev-p%d' % (session % 25))
    os.makedirs(folder, exist_ok=True)
    # Few conversations are long, most are short.
    budget = megabytes * 1e6 / sessions * (0.25 if session % 10 else 7.75)
    with open(os.path.join(folder, 's%d.jsonl' % session), 'w') as log:
        claude(session, budget, log.write)
