-- What a signed token opens, looked up in the rows as they are now. Run as the role that owns the
-- wall; nobody signs in as it, and none of the others may become it.
--
-- A token is: kind | viewer | staff | zone | role | day | at | expires | purpose | mark. The mark is
-- HMAC-SHA-256, put together of what every PostgreSQL has.

CREATE FUNCTION wall.mark(said text) RETURNS text
LANGUAGE plpgsql STABLE AS $body$
DECLARE
  half record;
BEGIN
  SELECT within, around INTO half FROM wall.key;
  RETURN encode(sha256(half.around || sha256(half.within || convert_to(said, 'UTF8'))), 'hex');
END $body$;

CREATE FUNCTION wall.told() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
DECLARE
  token text := current_setting('app.token', true);
  said text := left(token, -65);
  parts text[];
BEGIN
  IF coalesce(token, '') = '' THEN
    RETURN NULL;
  END IF;
  IF right(token, 65) IS DISTINCT FROM '|' || wall.mark(said) THEN
    RETURN NULL;
  END IF;
  parts := string_to_array(said, '|');
  IF array_length(parts, 1) <> 9 OR parts[8]::bigint < extract(epoch FROM clock_timestamp()) THEN
    RETURN NULL;
  END IF;
  RETURN parts;
END $body$;

-- What has been looked up, for the next question of the same token: kept in the transaction's own
-- settings, marked with the key, and worth something as long as the database looks the same. The
-- snapshot says so: what others have committed since is in it, and a transaction that has written
-- itself keeps nothing. So an answer is never older than the statement that asks for it.
CREATE FUNCTION wall.seen(name text) RETURNS text
LANGUAGE plpgsql STABLE AS $body$
DECLARE
  kept text := current_setting('app.seen_' || name, true);
  what text := substr(kept, 65);
BEGIN
  IF coalesce(kept, '') = '' OR pg_current_xact_id_if_assigned() IS NOT NULL
    OR left(kept, 64) <> wall.mark(wall.of_now(name, what))
    OR split_part(current_setting('app.token'), '|', 8)::bigint
       < extract(epoch FROM clock_timestamp())
  THEN
    RETURN NULL;
  END IF;
  RETURN what;
END $body$;

CREATE FUNCTION wall.keep(name text, what text) RETURNS void
LANGUAGE plpgsql STABLE AS $body$
DECLARE
  kept text;
BEGIN
  IF pg_current_xact_id_if_assigned() IS NULL THEN
    kept := set_config('app.seen_' || name, wall.mark(wall.of_now(name, what)) || what, true);
  END IF;
END $body$;

CREATE FUNCTION wall.of_now(name text, what text) RETURNS text
LANGUAGE plpgsql STABLE AS $body$
BEGIN
  RETURN concat_ws(
    '|', 'seen', pg_current_snapshot()::text, current_setting('app.token', true), name, what);
END $body$;

CREATE FUNCTION wall.app_is_system() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  RETURN coalesce((wall.told())[1] = 'system', false);
END $body$;

-- The viewer's token, while its person is at work: account open, and a duty of that role in that zone.
CREATE FUNCTION wall.viewer() RETURNS text[]
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $body$
DECLARE
  parts text[] := wall.seen('viewer');
BEGIN
  IF parts IS NOT NULL THEN
    RETURN parts;
  END IF;
  parts := wall.told();
  IF parts IS NULL OR parts[1] <> 'viewer' THEN
    RETURN NULL;
  END IF;
  PERFORM 1
    FROM public.people_duty d
    JOIN public.people_staff s ON s.id = d.staff_id
    JOIN public.people_account a ON a.id = s.account_id
    JOIN public.organisation_unit u ON u.id = d.unit_id
    JOIN public.organisation_agency g ON g.id = u.agency_id
   WHERE s.id = parts[3]::bigint AND a.public = parts[2]::uuid AND a.is_active
     AND g.zone = parts[4] AND d.role = parts[5] AND d.first_day <= parts[6]::date
     AND (d.last_day IS NULL OR d.last_day >= parts[6]::date);
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  PERFORM wall.keep('viewer', parts::text);
  RETURN parts;
END $body$;

CREATE FUNCTION wall.app_zone() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  RETURN (wall.viewer())[4];
END $body$;

CREATE FUNCTION wall.app_staff() RETURNS bigint
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  RETURN (wall.viewer())[3]::bigint;
END $body$;

CREATE FUNCTION wall.app_role() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  RETURN (wall.viewer())[5];
END $body$;

CREATE FUNCTION wall.app_account() RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  RETURN (wall.viewer())[2];
END $body$;

CREATE FUNCTION wall.app_day() RETURNS date
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  RETURN (wall.viewer())[6]::date;
END $body$;

-- Whether the viewer works in a school's zone: for rows about a class or a school, and deliveries.
CREATE FUNCTION wall.app_in_school() RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  RETURN coalesce(split_part((wall.viewer())[4], ':', 1) = 'school', false);
END $body$;

-- Which pupils' (ids) rows of all these data classes (with commas between) are open to the viewer.
--
--   own zone   who is enrolled on the day at a unit where the viewer has a duty in a school zone
--   handler    who is protected and has the viewer among its named handlers; nothing else opens it
--   relation   of the viewer, in its zone: what its branch reads of a matter of its own, and what
--              a school's consent to that zone lists, given and in force; a glass that is not closed
--              is a relation
--
-- 'own' is no class: it asks for those with whom the viewer has any tie of its own. A pupil may
-- stand there twice.
CREATE FUNCTION wall.app_visible(classes text) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $body$
DECLARE
  name text := 'visible_' || translate(classes, ',', '_');
  pupils bigint[] := wall.seen(name);
  viewer text[];
  me bigint;
  day date;
  mine record;
BEGIN
  IF pupils IS NOT NULL THEN
    RETURN pupils;
  END IF;
  viewer := wall.viewer();
  pupils := '{}';
  IF viewer IS NULL THEN
    RETURN pupils;
  END IF;
  me := viewer[3];
  day := viewer[6];
  IF split_part(viewer[4], ':', 1) = 'school' THEN
    pupils := ARRAY(
      SELECT e.pupil_id
        FROM public.people_enrolment e
       WHERE e.first_day <= day AND (e.last_day IS NULL OR e.last_day >= day)
         AND e.unit_id IN (
           SELECT d.unit_id
             FROM public.people_duty d
             JOIN public.organisation_unit u ON u.id = d.unit_id
             JOIN public.organisation_agency g ON g.id = u.agency_id
            WHERE d.staff_id = me AND g.zone = viewer[4] AND d.first_day <= day
              AND (d.last_day IS NULL OR d.last_day >= day))
         AND NOT EXISTS (
           SELECT 1 FROM public.people_pupil q WHERE q.id = e.pupil_id AND q.protection > 0));
  END IF;
  pupils := pupils || ARRAY(
    SELECT h.pupil_id
      FROM public.people_namedhandler h
      JOIN public.people_pupil q ON q.id = h.pupil_id AND q.protection > 0
     WHERE h.staff_id = me AND h.first_day <= day AND (h.last_day IS NULL OR h.last_day >= day));
  FOR mine IN
    SELECT r.pupil_id AS pupil, r.kind = 'glass' AS glass
      FROM public.consents_relation r
      JOIN public.people_pupil q ON q.id = r.pupil_id AND q.protection = 0
     WHERE r.staff_id = me AND r.zone = viewer[4] AND r.ended_at IS NULL
       AND r.first_day <= day AND r.last_day >= day
       AND (r.kind <> 'glass' OR r.closes_at > viewer[7]::timestamptz)
  LOOP
    IF classes = 'own' OR wall.opens(mine.pupil, mine.glass, classes, viewer) THEN
      pupils := pupils || mine.pupil;
    END IF;
  END LOOP;
  PERFORM wall.keep(name, pupils::text);
  RETURN pupils;
END $body$;

-- Whether a tie opens all of some classes of a pupil's data: by itself, by the zone's own table of
-- rights as it has been changed, or by a consent.
CREATE FUNCTION wall.opens(pupil bigint, glass boolean, classes text, viewer text[])
RETURNS boolean
LANGUAGE plpgsql STABLE AS $body$
DECLARE
  branch text := split_part(viewer[4], ':', 1);
  by_tie text[] := CASE
    WHEN glass AND branch = 'school' THEN ARRAY['K1', 'K3', 'K10']
    WHEN glass THEN '{}'
    WHEN branch = 'school' THEN string_to_array(classes, ',')
    WHEN branch = 'student_health' THEN ARRAY['K0', 'K1', 'K2', 'K7', 'K12']
    ELSE ARRAY['K0', 'K8', 'K9', 'K12']
  END;
  class text;
BEGIN
  FOREACH class IN ARRAY string_to_array(classes, ',') LOOP
    IF class = ANY (by_tie)
      OR NOT glass AND wall.gives_by_case(viewer[4], viewer[5], class)
      OR wall.flows(pupil, class, viewer[4], viewer[6]::date)
    THEN
      CONTINUE;
    END IF;
    RETURN false;
  END LOOP;
  RETURN true;
END $body$;

-- Whether a consent lets a class of a pupil's data flow from its school to a zone on a day. What a
-- family lets another agency tell opens nothing of the school's; and single notes, the child's own
-- words and the like are opened for reading by nobody's yes.
CREATE FUNCTION wall.flows(pupil bigint, class text, receiver text, day date)
RETURNS boolean
LANGUAGE plpgsql STABLE AS $body$
BEGIN
  RETURN class IN ('K1', 'K3', 'K4', 'K5', 'K10') AND EXISTS (
    SELECT 1
      FROM public.consents_consent c
      JOIN public.consents_consentclass k ON k.consent_id = c.id
     WHERE c.pupil_id = pupil AND k.data_class = class AND c.to_zone = receiver
       AND c.from_zone LIKE 'school:%' AND c.state = 'given'
       AND c.valid_from <= day AND c.valid_to >= day);
END $body$;

-- Whether a zone's own table of rights, as it has been changed, gives a role a class by a case.
CREATE FUNCTION wall.gives_by_case(zone text, role text, class text) RETURNS boolean
LANGUAGE plpgsql STABLE AS $body$
BEGIN
  RETURN coalesce((
    SELECT c.gives FROM public.consents_policychange c
     WHERE c.zone = $1 AND c.role = $2 AND c.data_class = $3 AND c.way = 'case'
     ORDER BY c.id DESC LIMIT 1), false);
END $body$;

-- Whether nobody's guardian is meant: so for one that is just being written down.
CREATE FUNCTION wall.app_nobodys_guardian(guardian bigint) RETURNS boolean
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $body$
BEGIN
  RETURN NOT EXISTS (SELECT 1 FROM public.people_guardianship g WHERE g.guardian_id = $1);
END $body$;

-- Who is protected and not the viewer's to handle: in no row of its zone either.
CREATE FUNCTION wall.app_shielded() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $body$
DECLARE
  pupils bigint[] := wall.seen('shielded');
  viewer text[];
BEGIN
  IF pupils IS NOT NULL THEN
    RETURN pupils;
  END IF;
  viewer := wall.viewer();
  pupils := ARRAY(
    SELECT q.id FROM public.people_pupil q
     WHERE q.protection > 0 AND NOT EXISTS (
       SELECT 1 FROM public.people_namedhandler h
        WHERE h.pupil_id = q.id AND h.staff_id = viewer[3]::bigint
          AND h.first_day <= viewer[6]::date
          AND (h.last_day IS NULL OR h.last_day >= viewer[6]::date)));
  IF viewer IS NOT NULL THEN
    PERFORM wall.keep('shielded', pupils::text);
  END IF;
  RETURN pupils;
END $body$;

-- Whose consent lets something out to the viewer's zone now or soon: those a head there hands out by
-- code, and of whom it meets no more than that they are there.
CREATE FUNCTION wall.app_arrived() RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp SET plan_cache_mode = force_generic_plan AS $body$
DECLARE
  pupils bigint[] := wall.seen('arrived');
  viewer text[];
BEGIN
  IF pupils IS NOT NULL THEN
    RETURN pupils;
  END IF;
  viewer := wall.viewer();
  pupils := ARRAY(
    SELECT c.pupil_id FROM public.consents_consent c
      JOIN public.people_pupil q ON q.id = c.pupil_id AND q.protection = 0
     WHERE c.to_zone = viewer[4] AND c.state = 'given' AND c.valid_to >= viewer[6]::date);
  IF viewer IS NOT NULL THEN
    PERFORM wall.keep('arrived', pupils::text);
  END IF;
  RETURN pupils;
END $body$;
