-- An observation that two files bring is kept for each, and counted once: taking one of them back leaves what the other says.
ALTER TABLE sighting DROP CONSTRAINT sighting_pkey;
ALTER TABLE sighting ADD PRIMARY KEY (imei14, operator, day, imsi, batch);
