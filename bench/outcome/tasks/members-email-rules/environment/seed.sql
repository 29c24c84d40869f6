INSERT INTO members (id, name, email, state) VALUES
    (1, 'Ada', 'ada@example.org', 'active'),
    (2, 'Ben', NULL, 'paused'),
    (3, 'Cleo', 'Ada@Example.org', 'active');
UPDATE members SET sponsor_id = 1 WHERE id = 3;
INSERT INTO bookings VALUES (10, 1, '2024-06-01'), (11, 3, '2024-06-02');
INSERT INTO booking_guests VALUES (10, 'Guest of Ada');
INSERT INTO lockers VALUES (1, 3), (2, NULL);
